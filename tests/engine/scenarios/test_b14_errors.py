"""Errors of Glue's API that the engine answers with: each is one that the operation can answer with."""

from __future__ import annotations

import botocore.session
import pytest

from gluedsl.engine import (
    Policies,
    Refuse,
    admit,
    delete_refusal,
    property_put_refusal,
    resume_refusal,
    stop_refusal,
)
from gluedsl.graph import Node
from tests.support.engine import Play, ends, node, start_trigger, when_all, workflow

LIMITED = workflow(start_trigger("load"), max_concurrent_runs=1)
SCHEDULED = workflow(start_trigger("load", type="SCHEDULED"))
CIRCLE = workflow(
    start_trigger("a"), when_all("forth", ends("a"), then=("b",)), when_all("back", ends("b"), then=("a",))
)


def ended(policies: Policies | None = None) -> Play:
    """Return a run that is COMPLETED."""
    play = Play(LIMITED, policies)
    play.end("load")
    return play


REFUSALS = [
    ("StartWorkflowRun", admit(LIMITED, start="API", active_runs=1)),
    ("StartWorkflowRun", admit(workflow(), start="API", active_runs=0)),
    (
        "StartWorkflowRun",
        admit(SCHEDULED, start="API", active_runs=0, policies=Policies(start_on_non_ondemand="refuse")),
    ),
    ("StartWorkflowRun", admit(CIRCLE, start="API", active_runs=0, policies=Policies(cycle="refuse"))),
    ("StartTrigger", admit(LIMITED, start="TRIGGER", active_runs=1)),
    ("StopWorkflowRun", stop_refusal(ended().state)),
    (
        "PutWorkflowRunProperties",
        property_put_refusal(ended(Policies(put_after_end="refuse")).state),
    ),
    ("ResumeWorkflowRun", resume_refusal(Play(LIMITED).state, [node("load")], active_runs=0)),
    ("ResumeWorkflowRun", resume_refusal(ended().state, [], active_runs=0)),
    ("ResumeWorkflowRun", resume_refusal(ended().state, [Node("TRIGGER", "start")], active_runs=0)),
    ("ResumeWorkflowRun", resume_refusal(ended().state, [node("other")], active_runs=0)),
    ("ResumeWorkflowRun", resume_refusal(ended().state, [node("load")], active_runs=1)),
    ("DeleteWorkflow", delete_refusal("nightly", active_runs=1)),
]


@pytest.mark.parametrize(("operation", "refusal"), REFUSALS)
def test_each_refusal_is_one_of_its_operation(operation: str, refusal: object) -> None:
    """AWS's own model of the API lists the errors of each operation."""
    assert isinstance(refusal, Refuse)
    model = botocore.session.Session().get_service_model("glue").operation_model(operation)
    assert refusal.code in {shape.name for shape in model.error_shapes}
    assert refusal.message
