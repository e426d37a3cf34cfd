"""Policy `start_on_non_ondemand`: starting a scheduled workflow by hand.

Why: the API names no type of start trigger; it is the console that offers to run workflows with a trigger on demand.
"""

from __future__ import annotations

from gluedsl.engine import (
    Admit,
    Policies,
    Refuse,
    admit,
)
from tests.support.engine import (
    start_trigger,
    workflow,
)


def test_allowed() -> None:
    """`StartWorkflowRun` starts a scheduled workflow as well."""
    assert admit(workflow(start_trigger("load", type="SCHEDULED")), start="API", active_runs=0) == Admit()


def test_start_on_non_ondemand_overridden() -> None:
    """`refuse` keeps `StartWorkflowRun` to workflows with an ON_DEMAND trigger; schedules and events go on."""
    strict = Policies(start_on_non_ondemand="refuse")
    scheduled = workflow(start_trigger("load", type="SCHEDULED"))
    assert admit(scheduled, start="API", active_runs=0, policies=strict) == Refuse(
        code="InvalidInputException",
        message="Workflow nightly has no ON_DEMAND trigger to start it by: it is SCHEDULED.",
    )
    assert admit(scheduled, start="SCHEDULE", active_runs=0, policies=strict) == Admit()
    assert admit(workflow(start_trigger("load")), start="API", active_runs=0, policies=strict) == Admit()
