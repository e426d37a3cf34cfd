"""One project as one CloudFormation template.

Comes in: a project whose scripts are in S3, with `${ScriptBucket}` where the bucket is not known. Goes out: a template
as a dictionary, or its text. Names that the project defines become references, so that CloudFormation knows the order;
names of what exists already stay as they are.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gluedsl.emit.chain import chained, in_order
from gluedsl.emit.functions import Function, require_keys
from gluedsl.emit.logical_ids import logical_ids
from gluedsl.emit.placeholders import PSEUDO_PARAMETERS, SCRIPT_BUCKET, has_placeholder, substitute, uses
from gluedsl.errors import UsageError
from gluedsl.spelling import (
    crawler_to_cfn,
    event_rule_to_cfn,
    job_to_cfn,
    role_to_cfn,
    trigger_to_cfn,
    workflow_arn,
    workflow_to_cfn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.emit.logical_ids import Kind
    from gluedsl.model import EventRule, Project, Workflow
    from gluedsl.spelling import Refer, ReferenceKind

RESOURCE_LIMIT = 500
OUTPUT_LIMIT = 200
DESCRIPTION_LIMIT = 1024
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""

_UNREADABLE_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def template(project: Project, *, script_bucket: str | None = None) -> dict[str, Any]:
    """Return the template of a project.

    Args:
        project: whose scripts are in S3.
        script_bucket: the name of the bucket that holds them, in which pseudo parameters such as `${AWS::Region}` may
            stand. None: a template that needs the bucket asks for it by its parameter `ScriptBucket`.

    Raises:
        UsageError: there is too much for one template, or nothing, or what a template has no words for.
    """
    _require_room(project)
    ids = logical_ids(_named(project))
    resources = dict(_resources(project, ids))
    outputs = dict(_outputs(project, ids))
    marked = {identity: resource for identity, resource in resources.items() if has_placeholder(resource)}
    asks_for_bucket = script_bucket is None and uses(marked, SCRIPT_BUCKET)
    whole: dict[str, Any] = {"AWSTemplateFormatVersion": "2010-09-09", "Description": _description(project)}
    if asks_for_bucket:
        whole["Parameters"] = {
            SCRIPT_BUCKET: {
                "Type": "String",
                "Description": "The S3 bucket that holds the scripts and libraries of the jobs.",
            }
        }
    bucket = {SCRIPT_BUCKET: script_bucket or f"${{{SCRIPT_BUCKET}}}"}
    # In a job's own texts, `${AWS::Region}` is text.
    whole["Resources"] = resources | {
        identity: substitute(resource, bucket | PSEUDO_PARAMETERS if resource["Type"] == "AWS::IAM::Role" else bucket)
        for identity, resource in marked.items()
    }
    return whole | ({"Outputs": outputs} if outputs else {})


def to_json(whole: Mapping[str, Any], *, indent: int | None = 2) -> str:
    """Return the text of a template, in the order of its making, with a final newline.

    Letters stay as they are written; what YAML, which many readers of templates take JSON for, would refuse or fold
    into a space is escaped.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(whole, indent=indent, separators=separators, ensure_ascii=False)
    return _UNREADABLE_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _named(project: Project) -> Iterator[tuple[Kind, str]]:
    yield from (("Role", role.name) for role in project.roles)
    yield from (("Job", job.name) for job in project.jobs)
    yield from (("Crawler", crawler.name) for crawler in project.crawlers)
    for workflow in project.workflows:
        yield "Workflow", workflow.name
        yield from (("Trigger", trigger.name) for trigger in workflow.triggers)
    yield from (("EventRule", rule.name) for rule in project.event_rules)


def _resources(project: Project, ids: Mapping[tuple[Kind, str], str]) -> Iterator[tuple[str, dict[str, Any]]]:
    refer = _references(ids)
    for role in project.roles:
        yield ids["Role", role.name], {"Type": "AWS::IAM::Role", "Properties": role_to_cfn(role)}
    for job in project.jobs:
        properties = job_to_cfn(job, refer=refer)
        require_keys(f"job `{job.name}`", properties)
        yield ids["Job", job.name], {"Type": "AWS::Glue::Job", "Properties": properties}
    for crawler in project.crawlers:
        properties = crawler_to_cfn(crawler, refer=refer)
        require_keys(f"crawler `{crawler.name}`", properties)
        yield ids["Crawler", crawler.name], {"Type": "AWS::Glue::Crawler", "Properties": properties}
    for workflow in project.workflows:
        properties = workflow_to_cfn(workflow)
        require_keys(f"workflow `{workflow.name}`", properties)
        yield ids["Workflow", workflow.name], {"Type": "AWS::Glue::Workflow", "Properties": properties}
        yield from _triggers(workflow, ids, refer)
    for rule in project.event_rules:
        require_keys(f"event rule `{rule.name}`", {"EventPattern": rule.pattern})
        resource: dict[str, Any] = {
            "Type": "AWS::Events::Rule",
            "Properties": event_rule_to_cfn(rule, refer=refer),
        }
        yield ids["EventRule", rule.name], resource | _after_triggers(rule, project, ids)


def _after_triggers(rule: EventRule, project: Project, ids: Mapping[tuple[Kind, str], str]) -> dict[str, Any]:
    """Make a rule wait for the last trigger of its workflow: an event must not start a run on half a graph."""
    for workflow in project.workflows:
        if workflow.name == rule.workflow_name and workflow.triggers:
            return {"DependsOn": ids["Trigger", in_order(workflow)[-1].name]}
    return {}


def _triggers(
    workflow: Workflow, ids: Mapping[tuple[Kind, str], str], refer: Refer
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the triggers of one workflow, each after the one before it.

    Those that are made at once are refused: "Workflow was modified while adding trigger"
    (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2103).
    """
    for before, trigger in chained(workflow):
        properties = trigger_to_cfn(trigger, workflow.name, refer=refer)
        require_keys(f"trigger `{trigger.name}`", properties)
        resource: dict[str, Any] = {"Type": "AWS::Glue::Trigger", "Properties": properties}
        after = {} if before is None else {"DependsOn": ids["Trigger", before.name]}
        yield ids["Trigger", trigger.name], resource | after


def _references(ids: Mapping[tuple[Kind, str], str]) -> Refer:
    def refer(kind: ReferenceKind, name: str) -> Any:
        match kind:
            case "role":
                identity = ids.get(("Role", name))
                return name if identity is None else Function({"Fn::GetAtt": [identity, "Arn"]})
            case "workflow":
                identity = ids.get(("Workflow", name))
            case "workflow_arn":  # a workflow has no attribute to get
                identity = ids.get(("Workflow", name))
                return name if identity is None else {"Fn::Sub": workflow_arn(f"${{{identity}}}")}
            case "job":
                identity = ids.get(("Job", name))
            case "crawler":
                identity = ids.get(("Crawler", name))
        return name if identity is None else Function({"Ref": identity})

    return refer


def _outputs(project: Project, ids: Mapping[tuple[Kind, str], str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for workflow in project.workflows:
        identity = ids["Workflow", workflow.name]
        yield f"{identity}Name", {"Description": "A workflow, to start runs of.", "Value": {"Ref": identity}}
        if any(trigger.type == "EVENT" for trigger in workflow.triggers):
            arn = {"Fn::Sub": workflow_arn(f"${{{identity}}}")}
            yield (
                f"{identity}Arn",
                {"Description": "The target for an EventBridge rule that starts the workflow.", "Value": arn},
            )


def _description(project: Project) -> str:
    if not project.workflows:
        return "AWS Glue jobs and crawlers, written with gluedsl."
    names = ", ".join(workflow.name for workflow in project.workflows)
    noun = "workflow" if len(project.workflows) == 1 else "workflows"
    whole = f"AWS Glue {noun} {names}, written with gluedsl."
    if len(whole.encode()) <= DESCRIPTION_LIMIT:
        return whole
    return f"{len(project.workflows)} AWS Glue workflows, written with gluedsl."


def _require_room(project: Project) -> None:
    counts = {
        "role": len(project.roles),
        "job": len(project.jobs),
        "crawler": len(project.crawlers),
        "workflow": len(project.workflows),
        "trigger": sum(len(workflow.triggers) for workflow in project.workflows),
        "event rule": len(project.event_rules),
    }
    hint = "make several stacks, as `gluedsl synth --format assembly` does, or use `gluedsl deploy`, which needs none"
    total = sum(counts.values())
    if total == 0:
        message = "there is nothing to make a template of: the project defines no workflow, job or crawler"
        raise UsageError(message, hint="a template has one resource at least")
    if total > RESOURCE_LIMIT:
        listed = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items() if count)
        message = f"{total} resources are too many for one template, which takes {RESOURCE_LIMIT}: {listed}"
        raise UsageError(message, hint=hint)
    outputs = sum(1 + any(t.type == "EVENT" for t in workflow.triggers) for workflow in project.workflows)
    if outputs > OUTPUT_LIMIT:
        message = f"{outputs} outputs are too many for one template, which takes {OUTPUT_LIMIT}: one or two a workflow"
        raise UsageError(message, hint=hint)
