"""Properties of CloudFormation resources.

Comes in: a resource of the model. Goes out: its `Properties`, with the plain names of other resources in it, or with
whatever `refer` makes of them; and back. CloudFormation lacks some members of the API: a value for one is refused.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, cast

from gluedsl.errors import UsageError
from gluedsl.model import ACTIVATABLE
from gluedsl.spelling import tables
from gluedsl.spelling.api import require_role, start_first
from gluedsl.spelling.codec import CFN, Dialect, Unspeakable, by_name, merge
from gluedsl.spelling.shapes import cfn_lacks, cfn_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.model import Crawler, Job, Trigger, Workflow
    from gluedsl.spelling.codec import Refer, Shape


def workflow_to_cfn(workflow: Workflow) -> dict[str, Any]:
    """Return the properties of an `AWS::Glue::Workflow`."""
    return _write(tables.WORKFLOW, workflow, "AWS::Glue::Workflow", by_name)


def trigger_to_cfn(trigger: Trigger, workflow_name: str, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the properties of an `AWS::Glue::Trigger`."""
    further = {"WorkflowName": refer("workflow", workflow_name)}
    return _write(
        tables.TRIGGER,
        trigger,
        "AWS::Glue::Trigger",
        refer,
        further | {"StartOnCreation": True} if trigger.wants_activation else further,
    )


def job_to_cfn(job: Job, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the properties of an `AWS::Glue::Job`; the job's code must be in S3."""
    require_role(f"job `{job.name}`", job.role)
    if job.glue_version == "auto":
        raise _cannot(member="GlueVersion", label=f"job `{job.name}`", value=" to `auto`")
    return _write(tables.JOB, job, "AWS::Glue::Job", refer)


def crawler_to_cfn(crawler: Crawler, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the properties of an `AWS::Glue::Crawler`."""
    require_role(f"crawler `{crawler.name}`", crawler.role)
    return _write(tables.CRAWLER, crawler, "AWS::Glue::Crawler", refer)


def _write(
    shape: Shape,
    resource: Workflow | Trigger | Job | Crawler,
    resource_type: str,
    refer: Refer,
    further: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    label = f"{shape.of.__name__.lower()} `{resource.name}`"
    if (lacking := cfn_lacks(resource_type, resource.extra)) is not None:
        raise _cannot(lacking, label)
    try:
        properties = shape.encode(resource, Dialect("cfn", refer))
    except Unspeakable as unspeakable:
        raise _cannot(".".join(unspeakable.path), label) from None
    return merge(properties | dict(further or {}), resource.extra)


def _cannot(member: str, label: str, value: str = "") -> UsageError:
    message = f"CloudFormation cannot set `{member}` of {label}{value}"
    return UsageError(message, hint="leave it out, or use `gluedsl plan` and `gluedsl deploy`, which can set it")


def workflow_from_cfn(properties: Mapping[str, Any], triggers: Iterable[Trigger] = ()) -> Workflow:
    """Return the workflow of an `AWS::Glue::Workflow`; its triggers are those handed in, start triggers first."""
    values = _read(tables.WORKFLOW, properties, "AWS::Glue::Workflow")
    return cast("Workflow", tables.WORKFLOW.of(**values, triggers=start_first(triggers)))


def trigger_from_cfn(properties: Mapping[str, Any]) -> Trigger:
    """Return the trigger of an `AWS::Glue::Trigger`."""
    values = _read(tables.TRIGGER, properties, "AWS::Glue::Trigger", ignored=("WorkflowName", "StartOnCreation"))
    enabled = properties.get("Type") not in ACTIVATABLE or properties.get("StartOnCreation") is True
    return cast("Trigger", tables.TRIGGER.of(**values, enabled=enabled))


def job_from_cfn(properties: Mapping[str, Any]) -> Job:
    """Return the job of an `AWS::Glue::Job`."""
    return cast("Job", tables.JOB.of(**_read(tables.JOB, properties, "AWS::Glue::Job")))


def crawler_from_cfn(properties: Mapping[str, Any]) -> Crawler:
    """Return the crawler of an `AWS::Glue::Crawler`."""
    return cast("Crawler", tables.CRAWLER.of(**_read(tables.CRAWLER, properties, "AWS::Glue::Crawler")))


def _read(
    shape: Shape, properties: Mapping[str, Any], resource_type: str, *, ignored: tuple[str, ...] = ()
) -> dict[str, Any]:
    rest = {name: copy.deepcopy(value) for name, value in properties.items() if name not in ignored}
    values = shape.take(rest, CFN)
    names = cfn_properties(resource_type)
    values["extra"] = {name: value for name, value in rest.items() if name in names}
    return values
