"""That the witness of requests sees what botocore does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.botocore_witness import output_violations, violations

TRIGGER: dict[str, Any] = {"Name": "t", "Type": "ON_DEMAND", "Actions": []}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"Name": ""}, ["Invalid length for parameter Name, value: 0, valid min length: 1"]),
        (
            {"Type": "NOPE"},
            ["CreateTriggerRequest.Type: 'NOPE' is none of SCHEDULED, CONDITIONAL, ON_DEMAND, EVENT"],
        ),
        ({"Name": "é" * 128}, ["CreateTriggerRequest.Name: 256 is more than 255"]),
        ({"Name": "é" * 127}, []),
        (
            {"EventBatchingCondition": {"BatchSize": 500}},
            ["CreateTriggerRequest.EventBatchingCondition.BatchSize: 500 is more than 100"],
        ),
        (
            {"Predicate": {"Conditions": [{}] * 501}},
            ["CreateTriggerRequest.Predicate.Conditions: 501 is more than 500"],
        ),
        ({"Tags": {"": "x"}}, ["Invalid length for parameter Tags (key: ), value: 0, valid min length: 1"]),
        ({"Tags": {"k" * 129: "x"}}, ["CreateTriggerRequest.Tags key: 129 is more than 128"]),
        ({"Name": "a smile 😀"}, []),
    ],
)
def test_requests(changes: dict[str, Any], expected: list[str]) -> None:
    """Enums, bytes, sizes of lists and numbers are looked at, in keys and inside structures too."""
    assert violations("CreateTrigger", TRIGGER | changes) == expected


def test_patterns() -> None:
    """A text that has a line where Glue takes one line only does not match."""
    found = violations("CreateTrigger", TRIGGER | {"Name": "a\nb"})

    assert len(found) == 1
    assert found[0].startswith("CreateTriggerRequest.Name: 'a\\nb' does not match [")


def test_answers() -> None:
    """An answer is held to its own shape; what boto3 adds is left aside."""
    answer = {"Run": {"Name": "w", "Status": "FAILED"}, "ResponseMetadata": {"RetryAttempts": 0}}

    assert output_violations("GetWorkflowRun", answer) == [
        "GetWorkflowRunResponse.Run.Status: 'FAILED' is none of RUNNING, COMPLETED, STOPPING, STOPPED, ERROR",
    ]
    assert output_violations("GetWorkflowRun", {"Walk": {}}) == [
        'Unknown parameter in input: "Walk", must be one of: Run',
    ]
