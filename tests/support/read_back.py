"""What the back ends write, read back into the model: with other code than wrote it, and only as far as they write.

Each reader takes a whole document, resolves what refers inside of it, and returns a project in one order.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gluedsl import spelling
from gluedsl.model import EventRule, Project, Role, Statement, StatementCondition
from gluedsl.model.events import buckets_of
from gluedsl.spelling import terraform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.model import Trigger

_PSEUDO = {
    "data.aws_caller_identity.current.account_id": "${AWS::AccountId}",
    "data.aws_partition.current.partition": "${AWS::Partition}",
    "data.aws_region.current.region": "${AWS::Region}",
    "var.script_bucket": "${ScriptBucket}",
}
_ROLE_ARN = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/"
_WORKFLOW_ARN = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/"


def in_order(project: Project) -> Project:
    """Return a project with everything sorted that no back end keeps in order."""
    return replace(
        project,
        workflows=tuple(
            replace(each, triggers=tuple(sorted(each.triggers, key=lambda trigger: trigger.name)))
            for each in sorted(project.workflows, key=lambda each: each.name)
        ),
        jobs=tuple(sorted(project.jobs, key=lambda each: each.name)),
        crawlers=tuple(
            replace(each, targets=tuple(sorted(each.targets, key=lambda target: type(target).__name__)))
            for each in sorted(project.crawlers, key=lambda each: each.name)
        ),
        existing_jobs=(),
        existing_crawlers=(),
        roles=tuple(sorted(project.roles, key=lambda each: each.name)),
        event_rules=tuple(sorted(project.event_rules, key=lambda each: each.name)),
    )


def from_templates(*templates: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> Project:
    """Return the project of CloudFormation templates; `texts` are what stands for other texts in them."""
    resources = [resource for one in templates for resource in _resolved_template(one, texts or {})]
    of = defaultdict(list)
    for resource in resources:
        of[resource["Type"]].append(resource["Properties"])
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for properties in of["AWS::Glue::Trigger"]:
        triggers[properties["WorkflowName"]].append(spelling.trigger_from_cfn(properties))
    return in_order(
        Project(
            workflows=tuple(
                spelling.workflow_from_cfn(each, triggers[each["Name"]]) for each in of["AWS::Glue::Workflow"]
            ),
            jobs=tuple(map(spelling.job_from_cfn, of["AWS::Glue::Job"])),
            crawlers=tuple(map(spelling.crawler_from_cfn, of["AWS::Glue::Crawler"])),
            roles=tuple(
                _role(
                    each["RoleName"],
                    each["AssumeRolePolicyDocument"],
                    [p["PolicyDocument"] for p in each.get("Policies", ())],
                )
                for each in of["AWS::IAM::Role"]
            ),
            event_rules=tuple(map(_cfn_rule, of["AWS::Events::Rule"])),
        )
    )


def _resolved_template(template: Mapping[str, Any], texts: Mapping[str, str]) -> list[Any]:
    names = {
        identity: resource["Properties"].get("Name") or resource["Properties"].get("RoleName")
        for identity, resource in template["Resources"].items()
    }

    def text(found: re.Match[str]) -> str:
        inside = found[1]
        return f"${{{inside[1:]}}}" if inside.startswith("!") else names.get(inside) or found[0]

    def renamed(value: str) -> Any:
        return _replaced(value, texts)

    def resolved(value: Any) -> Any:
        match value:
            case {"Ref": str(identity)}:
                found: Any = renamed(names.get(identity) or f"${{{identity}}}")
            case {"Fn::GetAtt": [identity, "Arn"]}:
                found = names[identity]
            case {"Fn::Sub": str(sub)}:
                found = renamed(re.sub(r"\$\{([^{}]*)\}", text, sub))
            case {"Fn::Sub": [str(sub), dict(variables)]}:
                known = {f"${{{name}}}": resolved(meant) for name, meant in variables.items()}
                found = renamed(re.sub(r"\$\{([^{}]*)\}", text, _replaced(sub, known)))
            case {"Fn::Join": [separator, parts]}:
                found = renamed(separator.join(resolved(part) for part in parts))
            case dict():
                found = {key: resolved(inner) for key, inner in value.items()}
            case list():
                found = [resolved(inner) for inner in value]
            case str():
                found = renamed(value)
            case _:
                found = value
        return found

    return [resolved(resource) for resource in template["Resources"].values()]


def _cfn_rule(properties: Mapping[str, Any]) -> EventRule:
    rule = spelling.event_rule_from_cfn(properties)
    return replace(rule, role=None if rule.role is None else rule.role.removeprefix(_ROLE_ARN))


def from_terraform(document: Mapping[str, Any]) -> Project:
    """Return the project of Terraform's JSON."""
    resources = _resolved_terraform(document)
    of = defaultdict(list, {kind: [*named.values()] for kind, named in resources.items()})
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for each in of["aws_glue_trigger"]:
        triggers[each["workflow_name"]].append(terraform.trigger_from_terraform(each))
    policies = {each["role"]: json.loads(each["policy"]) for each in of["aws_iam_role_policy"]}
    targets = {each["rule"]: each for each in of["aws_cloudwatch_event_target"]}
    return in_order(
        Project(
            workflows=tuple(
                terraform.workflow_from_terraform(each, triggers[each["name"]]) for each in of["aws_glue_workflow"]
            ),
            jobs=tuple(map(terraform.job_from_terraform, of["aws_glue_job"])),
            crawlers=tuple(map(terraform.crawler_from_terraform, of["aws_glue_crawler"])),
            roles=tuple(
                _role(
                    each["name"],
                    json.loads(each["assume_role_policy"]),
                    [policies[each["name"]]] if each["name"] in policies else [],
                )
                for each in of["aws_iam_role"]
            ),
            event_rules=tuple(
                _rule(each["name"], json.loads(each["event_pattern"]), targets[each["name"]], each.get("tags"))
                for each in of["aws_cloudwatch_event_rule"]
            ),
        )
    )


def _resolved_terraform(document: Mapping[str, Any]) -> Mapping[str, Any]:
    def expression(found: re.Match[str]) -> str:
        escaped, inside = found.groups()
        if escaped:
            return f"{escaped}{{"
        if inside in _PSEUDO:
            return _PSEUDO[inside]
        resource_type, name, attribute = inside.split(".")
        if resource_type == "each":
            return found[0]
        own: str = document["resource"][resource_type][name]["name"]
        return f"{_WORKFLOW_ARN}{own}" if (resource_type, attribute) == ("aws_glue_workflow", "arn") else own

    def resolved(value: Any) -> Any:
        match value:
            case str():
                text = re.sub(r"([$%])\1\{|\$\{([^{}]*)\}", expression, value)
                return text.removeprefix(_ROLE_ARN)
            case dict():
                return {key: resolved(inner) for key, inner in value.items() if key != "depends_on"}
            case list():
                return [resolved(inner) for inner in value]
            case _:
                return value

    resources = {k: v for k, v in document["resource"].items() if k != "aws_s3_object"}
    found: Mapping[str, Any] = resolved(resources)
    return found


def from_requests(requests: Iterable[tuple[str, Mapping[str, Any]]], texts: Mapping[str, str]) -> Project:
    """Return the project that requests to AWS make; `texts` are what stands for the place that they were sent to."""
    of: dict[str, list[Any]] = defaultdict(list)
    for operation, parameters in requests:
        of[operation].append(_owned_by_nobody(_replaced(parameters, texts)))
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for each in of["CreateTrigger"]:
        triggers[each["WorkflowName"]].append(spelling.trigger_from_api(each))
    policies = {each["RoleName"]: json.loads(each["PolicyDocument"]) for each in of["PutRolePolicy"]}
    targets = {each["Rule"]: each for each in of["PutTargets"]}
    roles = [each["RoleName"] for each in of["CreateRole"]]
    return in_order(
        Project(
            workflows=tuple(spelling.workflow_from_api(each, triggers[each["Name"]]) for each in of["CreateWorkflow"]),
            jobs=tuple(_by_name(spelling.job_from_api(each), roles) for each in of["CreateJob"]),
            crawlers=tuple(_by_name(spelling.crawler_from_api(each), roles) for each in of["CreateCrawler"]),
            roles=tuple(
                _role(
                    each["RoleName"],
                    json.loads(each["AssumeRolePolicyDocument"]),
                    [policies[each["RoleName"]]] if each["RoleName"] in policies else [],
                )
                for each in of["CreateRole"]
            ),
            event_rules=tuple(
                _by_name(spelling.event_rule_from_api(each, targets[each["Name"]]), roles) for each in of["PutRule"]
            ),
        )
    )


def _replaced(value: Any, texts: Mapping[str, str]) -> Any:
    match value:
        case str():
            for written, meant in texts.items():
                value = value.replace(written, meant)
            return value
        case dict():
            return {key: _replaced(inner, texts) for key, inner in value.items()}
        case list():
            return [_replaced(inner, texts) for inner in value]
        case _:
            return value


def _owned_by_nobody(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return a request without the tags that tell whose a resource is."""
    match parameters.get("Tags"):
        case dict() as tags:
            return parameters | {"Tags": {key: value for key, value in tags.items() if not key.startswith("gluedsl:")}}
        case list() as tags:
            return parameters | {"Tags": [tag for tag in tags if not tag["Key"].startswith("gluedsl:")]}
        case _:
            return parameters


def _by_name(resource: Any, roles: Iterable[str]) -> Any:
    """Return a resource that names its role, where the project makes it, by its name."""
    name = str(resource.role).removeprefix(_ROLE_ARN)
    return replace(resource, role=name) if name in roles else resource


def _rule(
    name: str, pattern: Mapping[str, Any], target: Mapping[str, Any], tags: Mapping[str, str] | None
) -> EventRule:
    return EventRule(
        name=name,
        workflow_name=target["arn"].removeprefix(_WORKFLOW_ARN),
        pattern=pattern,
        role=target.get("role_arn"),
        buckets=buckets_of(pattern),
        tags=tags or {},
    )


def _role(name: str, trust: Mapping[str, Any], policies: Iterable[Mapping[str, Any]]) -> Role:
    (trusted,) = trust["Statement"]
    return Role(
        name=name,
        service=trusted["Principal"]["Service"],
        statements=tuple(
            Statement(
                sid=each["Sid"],
                actions=tuple(each["Action"]),
                resources=tuple(each["Resource"]),
                conditions=tuple(
                    StatementCondition(operator=operator, key=key, values=tuple(values))
                    for operator, required in each.get("Condition", {}).items()
                    for key, values in required.items()
                ),
            )
            for policy in policies
            for each in policy["Statement"]
        ),
    )
