"""Requests and answers of Glue's API.

Comes in: a resource of the model. Goes out: the arguments of the boto3 call that creates or updates it; and back, from
such arguments or from what a `Get*` operation answers. Members that only an answer has (`CreatedOn`, `State`) are not
kept; members of the request that the model does not name are its `extra`. Answers carry no tags: put them under `Tags`
before reading one.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, cast

from gluedsl.errors import UsageError
from gluedsl.model import ACTIVATABLE
from gluedsl.spelling import tables
from gluedsl.spelling.codec import API, merge
from gluedsl.spelling.shapes import api_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.model import Crawler, Job, Trigger, Workflow
    from gluedsl.spelling.codec import Shape


def workflow_to_api(workflow: Workflow) -> dict[str, Any]:
    """Return the arguments of `CreateWorkflow`."""
    return merge(tables.WORKFLOW.encode(workflow, API), workflow.extra)


def trigger_to_api(trigger: Trigger, workflow_name: str | None) -> dict[str, Any]:
    """Return the arguments of `CreateTrigger`; None: a trigger of no workflow.

    `StartOnCreation` is there, and true, exactly if the trigger is to be activated and its type can be.
    """
    return merge(_trigger(trigger, workflow_name), trigger.extra)


def _trigger(trigger: Trigger, workflow_name: str | None) -> dict[str, Any]:
    request = tables.TRIGGER.encode(trigger, API)
    if workflow_name is not None:
        request["WorkflowName"] = workflow_name
    if trigger.wants_activation:
        request["StartOnCreation"] = True
    return request


def job_to_api(job: Job) -> dict[str, Any]:
    """Return the arguments of `CreateJob`; the job's code must be in S3."""
    require_role(f"job `{job.name}`", job.role)
    return merge(tables.JOB.encode(job, API), job.extra)


def crawler_to_api(crawler: Crawler) -> dict[str, Any]:
    """Return the arguments of `CreateCrawler`."""
    require_role(f"crawler `{crawler.name}`", crawler.role)
    return merge(tables.CRAWLER.encode(crawler, API), crawler.extra)


def require_role(resource: str, role: str | None) -> None:
    """Refuse a job or crawler that no role was given or derived for: AWS wants one."""
    if role is None:
        message = f"{resource} has no role"
        hint = "give it, or its workflow, `role=`: the name or ARN of a role that Glue may assume"
        raise UsageError(message, hint=hint)


def workflow_update_to_api(workflow: Workflow) -> dict[str, Any]:
    """Return the arguments of `UpdateWorkflow`.

    What is to be empty is said to be: that leaving it out would empty it is not documented.
    """
    request: dict[str, Any] = {"Description": "", "DefaultRunProperties": {}}
    return _only(request | workflow_to_api(workflow), "UpdateWorkflow")


def trigger_update_to_api(trigger: Trigger) -> dict[str, Any]:
    """Return the arguments of `UpdateTrigger`, which overwrites the whole definition but type, workflow and tags."""
    update = _only(trigger_to_api(trigger, None), "UpdateTrigger")
    del update["Name"]
    return {"Name": trigger.name, "TriggerUpdate": update}


def job_update_to_api(job: Job) -> dict[str, Any]:
    """Return the arguments of `UpdateJob`, which overwrites the whole definition but tags."""
    return {"JobName": job.name, "JobUpdate": _only(job_to_api(job), "UpdateJob")}


def crawler_update_to_api(crawler: Crawler) -> dict[str, Any]:
    """Return the arguments of `UpdateCrawler`.

    What is to be empty is said to be, as for workflows; an empty schedule takes it away, as Terraform does
    (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/glue/crawler.go).
    """
    request: dict[str, Any] = {"Description": "", "Classifiers": [], "TablePrefix": "", "Schedule": ""}
    return _only(request | crawler_to_api(crawler), "UpdateCrawler")


def _only(request: dict[str, Any], operation: str) -> dict[str, Any]:
    members = api_members(operation)
    return {member: value for member, value in request.items() if member in members}


def workflow_from_api(data: Mapping[str, Any], triggers: Iterable[Trigger] = ()) -> Workflow:
    """Return the workflow of `CreateWorkflow`'s arguments, or of a `Workflow` that was got.

    Its triggers are those handed in: start triggers first, otherwise in their order.
    """
    values = _read(tables.WORKFLOW, data, "CreateWorkflow")
    return cast("Workflow", tables.WORKFLOW.of(**values, triggers=start_first(triggers)))


def start_first(triggers: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """Return the triggers in the order that a workflow of the model keeps."""
    return tuple(sorted(triggers, key=lambda trigger: not trigger.is_start))


def trigger_from_api(data: Mapping[str, Any]) -> Trigger:
    """Return the trigger of `CreateTrigger`'s arguments, or of a `Trigger` that was got."""
    values = _read(tables.TRIGGER, data, "CreateTrigger", ignored=("WorkflowName", "StartOnCreation"))
    return cast("Trigger", tables.TRIGGER.of(**values, enabled=_is_enabled(data)))


def _is_enabled(data: Mapping[str, Any]) -> bool:
    if data.get("Type") not in ACTIVATABLE:
        return True
    if data.get("State") is not None:
        return data["State"] in {"ACTIVATED", "ACTIVATING"}
    return data.get("StartOnCreation") is True


def job_from_api(data: Mapping[str, Any]) -> Job:
    """Return the job of `CreateJob`'s arguments, or of a `Job` that was got."""
    ignored: tuple[str, ...] = ()
    if "CreatedOn" in data:
        # An answer tells the capacity that follows from the workers as well, which no request may give with them.
        ignored = ("AllocatedCapacity", "MaxCapacity") if data.get("WorkerType") else ("AllocatedCapacity",)
    return cast("Job", tables.JOB.of(**_read(tables.JOB, data, "CreateJob", ignored=ignored)))


def crawler_from_api(data: Mapping[str, Any]) -> Crawler:
    """Return the crawler of `CreateCrawler`'s arguments, or of a `Crawler` that was got."""
    return cast("Crawler", tables.CRAWLER.of(**_read(tables.CRAWLER, data, "CreateCrawler")))


def _read(shape: Shape, data: Mapping[str, Any], operation: str, *, ignored: tuple[str, ...] = ()) -> dict[str, Any]:
    rest = {member: copy.deepcopy(value) for member, value in data.items() if member not in ignored}
    values = shape.take(rest, API)
    members = api_members(operation)
    values["extra"] = {member: value for member, value in rest.items() if member in members and value is not None}
    return values


def trigger_state(trigger: Trigger) -> str:
    """Return the state that a trigger rests in once it is deployed as the model has it."""
    return "ACTIVATED" if trigger.wants_activation else "CREATED"


def trigger_details_to_api(trigger: Trigger, workflow_name: str | None, state: str | None = None) -> dict[str, Any]:
    """Return the `Trigger` that Glue answers with; None: in the state that it rests in."""
    details = _trigger(trigger, workflow_name)
    details.pop("StartOnCreation", None)
    details.pop("Tags", None)
    details["State"] = state if state is not None else trigger_state(trigger)
    return details
