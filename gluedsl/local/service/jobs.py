"""Create, read, change and delete jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service import answers, tags
from gluedsl.local.service.definitions import Definition
from gluedsl.local.service.failure import already_exists
from gluedsl.local.service.job_checks import check_job
from gluedsl.local.service.paging import named, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.context import Context, Operation


def _create_job(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    name = parameters["Name"]
    if name in context.definitions.jobs:
        raise already_exists(kind="Job", name=name)
    given_tags = tags.checked(parameters.pop("Tags", {}))
    check_job(parameters)
    now = context.clock()
    context.definitions.jobs[name] = Definition(
        payload=answers.with_job_defaults(parameters), created_on=now, modified_on=now, tags=given_tags
    )
    return {"Name": name}


def _update_job(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # "The previous job definition is completely overwritten by this information":
    # https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateJob.html
    definition = context.definitions.job(parameters["JobName"])
    payload = parameters["JobUpdate"] | {"Name": definition.name}
    check_job(payload)
    definition.payload = answers.with_job_defaults(payload)
    definition.modified_on = context.clock()
    return {"JobName": definition.name}


def _delete_job(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    # "If the job definition is not found, no exception is thrown":
    # https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteJob.html
    if context.definitions.jobs.pop(parameters["JobName"], None) is not None:
        context.driver.forget_job(parameters["JobName"])
    return {"JobName": parameters["JobName"]}


def _get_job(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"Job": answers.job(context.definitions.job(parameters["JobName"]))}


def _get_jobs(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    jobs = sorted(context.definitions.jobs.values(), key=lambda j: j.name)
    chosen, more = page(jobs, parameters, lambda j: j.name)
    return {"Jobs": [answers.job(j) for j in chosen], **more}


def _batch_get_jobs(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    known, names = context.definitions.jobs, dict.fromkeys(parameters["JobNames"])
    return {
        "Jobs": [answers.job(known[n]) for n in names if n in known],
        "JobsNotFound": [n for n in names if n not in known],
    }


def _list_jobs(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    wanted = parameters.get("Tags", {})
    names, more = named([n for n, j in context.definitions.jobs.items() if tags.have(j, wanted)], parameters)
    return {"JobNames": names, **more}


OPERATIONS: Mapping[str, Operation] = {
    "CreateJob": _create_job,
    "UpdateJob": _update_job,
    "DeleteJob": _delete_job,
    "GetJob": _get_job,
    "GetJobs": _get_jobs,
    "BatchGetJobs": _batch_get_jobs,
    "ListJobs": _list_jobs,
}
