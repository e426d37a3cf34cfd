"""EventBridge rules, as EventBridge and CloudFormation spell them.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html and `API_PutTargets.html`;
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gluedsl.model.events import EventRule, buckets_of
from gluedsl.spelling.codec import by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.spelling.codec import Refer

TARGET_ID = "workflow"
"""Of the one target that a rule has."""
_WORKFLOW = ":workflow/"
_ROLE = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/"


def workflow_arn(workflow_name: str) -> str:
    """Return the ARN of a workflow of this account, with placeholders for what only the deployment knows."""
    return f"arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}{_WORKFLOW}{workflow_name}"


def event_rule_to_api(rule: EventRule) -> dict[str, Any]:
    """Return the request `PutRule`, but for its tags."""
    return {"Name": rule.name, "EventPattern": json.dumps(rule.pattern, sort_keys=True), "State": "ENABLED"}


def event_targets_to_api(rule: EventRule, *, workflow: str, role: str) -> dict[str, Any]:
    """Return the request `PutTargets` for a rule, given the ARNs of its workflow and role."""
    return {"Rule": rule.name, "Targets": [{"Id": TARGET_ID, "Arn": workflow, "RoleArn": role}]}


def event_rule_from_api(rule: Mapping[str, Any], targets: Mapping[str, Any]) -> EventRule:
    """Return the rule of answers of `DescribeRule` and `ListTargetsByRule`, or of the requests that made it.

    Its workflow is the one that a target names, or none (""); its role is an ARN.
    """
    pattern = json.loads(rule.get("EventPattern") or "{}")
    return _rule(rule, pattern, _first_workflow(targets.get("Targets") or ()))


def event_rule_to_cfn(rule: EventRule, *, refer: Refer = by_name) -> dict[str, Any]:
    """Return the properties of an `AWS::Events::Rule`."""
    workflow = refer("workflow_arn", rule.workflow_name)
    target: dict[str, Any] = {
        "Id": TARGET_ID,
        "Arn": {"Fn::Sub": workflow_arn(_literal(workflow))} if isinstance(workflow, str) else workflow,
    }
    if rule.role is not None:
        role = refer("role", rule.role)
        is_name = isinstance(role, str) and not role.startswith("arn:")
        target["RoleArn"] = {"Fn::Sub": f"{_ROLE}{_literal(role)}"} if is_name else role
    properties = {"Name": rule.name, "EventPattern": rule.pattern, "State": "ENABLED", "Targets": [target]}
    if rule.tags:
        properties["Tags"] = [{"Key": key, "Value": value} for key, value in rule.tags.items()]
    return properties


def event_rule_from_cfn(properties: Mapping[str, Any]) -> EventRule:
    """Return the rule of an `AWS::Events::Rule` whose references to other resources are resolved to names."""
    target = _first_workflow([_resolved(target) for target in properties.get("Targets") or ()])
    return _rule(properties, properties.get("EventPattern") or {}, target)


def _rule(named: Mapping[str, Any], pattern: Mapping[str, Any], target: Mapping[str, Any]) -> EventRule:
    return EventRule(
        name=named.get("Name", ""),
        workflow_name=str(target.get("Arn", "")).partition(_WORKFLOW)[2],
        pattern=pattern,
        role=target.get("RoleArn"),
        buckets=buckets_of(pattern),
        tags={tag["Key"]: tag["Value"] for tag in named.get("Tags") or ()},
    )


def _first_workflow(targets: Any) -> Mapping[str, Any]:
    """Return the first target that is a workflow; an empty one if none is."""
    found: Mapping[str, Any] = next((target for target in targets if _WORKFLOW in str(target.get("Arn", ""))), {})
    return found


def _resolved(target: Mapping[str, Any]) -> dict[str, Any]:
    """Return a target with the texts of its `Fn::Sub`, and with a role of this account by its name."""
    texts = {k: v["Fn::Sub"].replace("${!", "${") if _is_sub(v) else v for k, v in target.items()}
    role = texts.get("RoleArn")
    return texts | ({"RoleArn": role.removeprefix(_ROLE)} if isinstance(role, str) else {})


def _is_sub(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("Fn::Sub"), str)


def _literal(text: str) -> str:
    """Return a text of which `Fn::Sub` fills in nothing."""
    return text.replace("${", "${!")
