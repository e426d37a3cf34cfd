"""EventBridge rules, as EventBridge spells them.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html and `API_PutTargets.html`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gluedsl.model import EventRule

TARGET_ID = "workflow"
"""Of the one target that a rule has."""


def workflow_arn(workflow_name: str) -> str:
    """Return the ARN of a workflow of this account, with placeholders for what only the deployment knows."""
    return f"arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:workflow/{workflow_name}"


def event_rule_to_api(rule: EventRule) -> dict[str, Any]:
    """Return the request `PutRule`, but for its tags."""
    return {"Name": rule.name, "EventPattern": json.dumps(rule.pattern, sort_keys=True), "State": "ENABLED"}


def event_targets_to_api(rule: EventRule, *, workflow: str, role: str) -> dict[str, Any]:
    """Return the request `PutTargets` for a rule, given the ARNs of its workflow and role."""
    return {"Rule": rule.name, "Targets": [{"Id": TARGET_ID, "Arn": workflow, "RoleArn": role}]}
