"""EventBridge rules, in both dialects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from gluedsl import spelling
from gluedsl.model import EventRule

if TYPE_CHECKING:
    from gluedsl.spelling import ReferenceKind

PATTERN = {"source": ["aws.s3"], "detail": {"bucket": {"name": ["lake"]}}}
RULE = EventRule(name="gluedsl-sales", workflow_name="sales", pattern=PATTERN, role="SalesEvents", buckets=("lake",))
ARN = "arn:aws:glue:eu-west-1:123456789012:workflow/sales"
ROLE = "arn:aws:iam::123456789012:role/SalesEvents"


def witnessed(operation: str, request: dict[str, Any]) -> str:
    """Return what botocore has to say about a request of EventBridge."""
    model = botocore.session.get_session().get_service_model("events").operation_model(operation)
    shape: Any = model.input_shape
    return str(ParamValidator().validate(request, shape).generate_report())


def test_requests() -> None:
    """A rule is two requests, which botocore takes."""
    put, target = spelling.event_rule_to_api(RULE), spelling.event_targets_to_api(RULE, workflow=ARN, role=ROLE)

    assert put == {"Name": "gluedsl-sales", "EventPattern": json.dumps(PATTERN, sort_keys=True), "State": "ENABLED"}
    assert target == {"Rule": "gluedsl-sales", "Targets": [{"Id": "workflow", "Arn": ARN, "RoleArn": ROLE}]}
    assert (witnessed("PutRule", put), witnessed("PutTargets", target)) == ("", "")


def test_a_rule_comes_back_from_its_requests() -> None:
    """But for the role, which EventBridge knows by its ARN."""
    read = spelling.event_rule_from_api(
        spelling.event_rule_to_api(RULE), spelling.event_targets_to_api(RULE, workflow=ARN, role=ROLE)
    )

    assert read == EventRule(name="gluedsl-sales", workflow_name="sales", pattern=PATTERN, role=ROLE, buckets=("lake",))


def test_a_rule_of_something_else() -> None:
    """One without a pattern, whose target is no workflow."""
    targets = {"Targets": [{"Id": "1", "Arn": "arn:aws:sns:eu-west-1:123456789012:topic"}]}

    assert spelling.event_rule_from_api({"Name": "other", "ScheduleExpression": "rate(1 day)"}, targets) == EventRule(
        name="other", workflow_name="", pattern={}, role=None
    )


def test_properties_by_name() -> None:
    """Where nothing else of the template is referred to, ARNs are made of names, which stay texts."""
    rule = EventRule(name="r", workflow_name="${x} y", pattern=PATTERN, role="R", tags={"team": "sales"})

    assert spelling.event_rule_to_cfn(rule) == {
        "Name": "r",
        "EventPattern": PATTERN,
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "workflow",
                "Arn": {
                    "Fn::Sub": "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/${!x} y",
                },
                "RoleArn": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/R"},
            }
        ],
        "Tags": [{"Key": "team", "Value": "sales"}],
    }


def test_properties_by_reference() -> None:
    """What a template defines is referred to by what `refer` makes of it."""

    def refer(kind: ReferenceKind, name: str) -> Any:
        return {"Refer": [kind, name]}

    (target,) = spelling.event_rule_to_cfn(RULE, refer=refer)["Targets"]

    assert target == {
        "Id": "workflow",
        "Arn": {"Refer": ["workflow_arn", "sales"]},
        "RoleArn": {"Refer": ["role", "SalesEvents"]},
    }


@pytest.mark.parametrize("role", ["SalesEvents", ROLE, None])
@pytest.mark.parametrize("workflow", ["sales", "${x} y"])
def test_a_rule_comes_back_from_its_properties(role: str | None, workflow: str) -> None:
    """As it was, with the buckets that its pattern names."""
    rule = EventRule(
        name="r", workflow_name=workflow, pattern=PATTERN, role=role, buckets=("lake",), tags={"team": "sales"}
    )

    assert spelling.event_rule_from_cfn(spelling.event_rule_to_cfn(rule)) == rule
