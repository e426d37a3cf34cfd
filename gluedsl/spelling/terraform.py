"""Arguments of the resources of Terraform's `aws` provider.

Comes in: a resource of the model. Goes out: its arguments, with the plain names of other resources in it, or with
whatever `refer` makes of them; and back. They are the API's members in snake case, but for what `_flattened` changes.
Which there are is read from `terraform.json`, which `tools/generate_terraform_schema.py` writes from the provider's
bindings (https://github.com/cdktf/cdktf-provider-aws, MPL-2.0). What the provider has no argument for is refused.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.spelling import tables
from gluedsl.spelling.api import (
    crawler_from_api,
    job_from_api,
    require_role,
    trigger_from_api,
    workflow_from_api,
)
from gluedsl.spelling.codec import Dialect, by_name, merge
from gluedsl.spelling.shapes import api_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.model import Crawler, Job, Trigger, Workflow
    from gluedsl.spelling.codec import Refer, Shape

_TARGETS = {
    f"{word}Targets": f"{word.lower()}_target"
    for word in ("Catalog", "Delta", "DynamoDB", "Hudi", "Iceberg", "Jdbc", "MongoDB", "S3")
}
_API_NAMES = {"scan_all": "scanAll", "scan_rate": "scanRate"}
"""Members of the API that begin small, in targets of DynamoDB."""
_DEFAULTS = {"maximum_traversal_depth": 10, "write_manifest": False}
"""Of Glue, for what the provider wants to be told."""
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def workflow_to_terraform(workflow: Workflow) -> dict[str, Any]:
    """Return the arguments of an `aws_glue_workflow`."""
    return _write("aws_glue_workflow", tables.WORKFLOW, workflow, by_name)


def trigger_to_terraform(trigger: Trigger, workflow_name: str, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the arguments of an `aws_glue_trigger`.

    The provider starts an ON_DEMAND trigger that is `enabled`: each `apply` that makes one would start a run
    (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/glue/trigger.go).
    """
    arguments = _write("aws_glue_trigger", tables.TRIGGER, trigger, refer)
    enabled = trigger.enabled if trigger.can_be_active else trigger.type == "EVENT"
    return {**arguments, "workflow_name": refer("workflow", workflow_name), "enabled": enabled}


def job_to_terraform(job: Job, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the arguments of an `aws_glue_job`; the job's code must be in S3."""
    require_role(f"job `{job.name}`", job.role)
    return _write("aws_glue_job", tables.JOB, job, refer)


def crawler_to_terraform(crawler: Crawler, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the arguments of an `aws_glue_crawler`."""
    require_role(f"crawler `{crawler.name}`", crawler.role)
    return _write("aws_glue_crawler", tables.CRAWLER, crawler, refer)


def terraform_arguments(resource_type: str) -> Mapping[str, Any]:
    """Return the arguments of a resource type such as `aws_glue_job`: of each, its `type` and whether it is `required`.

    The type is one of Terraform's (`string`, `number`, `boolean`, `list`, `map`), or `block` or `blocks`, which have
    `arguments` of their own.
    """
    arguments: Mapping[str, Any] = _schema()["resources"][resource_type]
    return arguments


def terraform_provider_version() -> str:
    """Return the version of the provider whose arguments these are."""
    version: str = _schema()["provider"]
    return version


def _write(
    resource_type: str, shape: Shape, resource: Workflow | Trigger | Job | Crawler, refer: Refer
) -> dict[str, Any]:
    label = f"{shape.of.__name__.lower()} `{resource.name}`"
    members = merge(shape.encode(resource, Dialect("api", refer)), resource.extra)
    return _renamed(_flattened(resource_type, members), terraform_arguments(resource_type), label)


def _flattened(resource_type: str, members: dict[str, Any]) -> dict[str, Any]:
    """Return members of the API where the provider has them."""
    if resource_type == "aws_glue_job":
        members["RoleArn"] = members.pop("Role")
        if "Connections" in members:
            members["Connections"] = members["Connections"].get("Connections", [])
    if resource_type == "aws_glue_crawler":
        members |= members.pop("Targets", {})
        if "CrawlerSecurityConfiguration" in members:
            members["SecurityConfiguration"] = members.pop("CrawlerSecurityConfiguration")
    return members


def _renamed(members: Mapping[str, Any], known: Mapping[str, Any], label: str, *outer: str) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for member, value in members.items():
        name = _TARGETS.get(member) or _WORD.sub("_", member).lower()
        if name not in known:
            message = f"Terraform cannot set `{'.'.join((*outer, member))}` of {label}"
            raise UsageError(message, hint="leave it out, or use `gluedsl plan` and `gluedsl deploy`, which can set it")
        inside = known[name].get("arguments")
        match known[name]["type"]:
            case "block":
                renamed[name] = _renamed(value, inside, label, *outer, member)
            case "blocks":
                each = value if isinstance(value, list) else [value]
                renamed[name] = [_renamed(one, inside, label, *outer, member) for one in each]
            case _:
                renamed[name] = value
    for name, argument in known.items():
        if argument["required"] and name not in renamed:
            if name not in _DEFAULTS:
                message = f"Terraform wants `{name}` of {label}"
                raise UsageError(
                    message, hint="give it, or use `gluedsl plan` and `gluedsl deploy`, which can do without"
                )
            renamed[name] = _DEFAULTS[name]
    return renamed


def workflow_from_terraform(arguments: Mapping[str, Any], triggers: Iterable[Trigger] = ()) -> Workflow:
    """Return the workflow of an `aws_glue_workflow`; its triggers are those handed in."""
    return workflow_from_api(_members("CreateWorkflow", arguments, "aws_glue_workflow"), triggers)


def trigger_from_terraform(arguments: Mapping[str, Any]) -> Trigger:
    """Return the trigger of an `aws_glue_trigger` whose references to other resources are resolved to names."""
    members = _members("CreateTrigger", arguments, "aws_glue_trigger")
    members["StartOnCreation"] = members.pop("Enabled", True)
    if "EventBatchingCondition" in members:
        (members["EventBatchingCondition"],) = members["EventBatchingCondition"]
    return trigger_from_api(members)


def job_from_terraform(arguments: Mapping[str, Any]) -> Job:
    """Return the job of an `aws_glue_job` whose references to other resources are resolved to names."""
    members = _members("CreateJob", arguments, "aws_glue_job")
    members["Role"] = members.pop("RoleArn", None)
    if "Connections" in members:
        members["Connections"] = {"Connections": members["Connections"]}
    return job_from_api(members)


def crawler_from_terraform(arguments: Mapping[str, Any]) -> Crawler:
    """Return the crawler of an `aws_glue_crawler` whose references to other resources are resolved to names."""
    members = _members("CreateCrawler", arguments, "aws_glue_crawler")
    members["Targets"] = {member: members.pop(member) for member in _TARGETS if member in members}
    if "SecurityConfiguration" in members:
        members["CrawlerSecurityConfiguration"] = members.pop("SecurityConfiguration")
    return crawler_from_api(members)


def _members(operation: str, arguments: Mapping[str, Any], resource_type: str) -> dict[str, Any]:
    """Return the API's members of a resource's arguments, all but those that only some types of resource have."""
    names = {name: member for member, name in _TARGETS.items()}
    names |= {_WORD.sub("_", member).lower(): member for member in api_members(operation)}
    return _capitalised(arguments, terraform_arguments(resource_type), names)


def _capitalised(arguments: Mapping[str, Any], known: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in arguments.items():
        member = names.get(name) or _API_NAMES.get(name) or "".join(map(str.capitalize, name.split("_")))
        inside = known.get(name, {}).get("arguments")
        if inside is None:
            members[member] = value
        elif isinstance(value, list):
            members[member] = [_capitalised(one, inside, {}) for one in value]
        else:
            members[member] = _capitalised(value, inside, {})
    return members


@cache
def _schema() -> dict[str, Any]:
    text = Path(__file__).with_name("terraform.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
