"""Which runs may begin, which may be stopped, and which take properties."""

from __future__ import annotations

import pytest

from gluedsl.engine import (
    Admit,
    Drop,
    Policies,
    Record,
    Refuse,
    StartKind,
    admit,
    property_put_refusal,
    refused_run,
    stop_refusal,
)
from tests.support.engine import MIDNIGHT, RUN_ID, Play, ends, start_trigger, when_all, workflow

MESSAGE = "Concurrent runs exceeded for workflow: nightly."
REFUSED = Refuse(code="ConcurrentRunsExceededException", message=MESSAGE)
ONE_AT_A_TIME = workflow(start_trigger("load"), max_concurrent_runs=1)
KINDS: tuple[StartKind, ...] = ("API", "TRIGGER", "SCHEDULE", "EVENT")


@pytest.mark.parametrize("kind", KINDS)
def test_below_the_limit(kind: StartKind) -> None:
    """A run begins while fewer than `MaxConcurrentRuns` are active; without a limit, always.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Workflow.html: "If you leave this parameter blank, there is no
    limit to the number of concurrent workflow runs."
    """
    assert admit(ONE_AT_A_TIME, start=kind, active_runs=0) == Admit()
    assert admit(workflow(start_trigger("load")), start=kind, active_runs=1000) == Admit()
    assert admit(workflow(start_trigger("load"), max_concurrent_runs=3), start=kind, active_runs=2) == Admit()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("API", REFUSED), ("TRIGGER", REFUSED), ("SCHEDULE", Record(message=MESSAGE)), ("EVENT", Drop())],
)
def test_over_the_limit(kind: StartKind, expected: object) -> None:
    """A caller is told, a schedule leaves a run in ERROR, an event is lost; policy `over_limit`.

    https://docs.aws.amazon.com/glue/latest/webapi/API_StartWorkflowRun.html has ConcurrentRunsExceededException;
    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html has a run with the message;
    https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html: "AWS Glue does not retry workflow runs that
    fail due to exceeded concurrency limits."
    """
    assert admit(ONE_AT_A_TIME, start=kind, active_runs=1) == expected


def test_without_a_start_trigger() -> None:
    """A workflow that has only conditional triggers cannot be started; policy `start_on_non_ondemand`."""
    design = workflow(when_all("next", ends("load"), then=("after",)))
    assert admit(design, start="API", active_runs=0) == Refuse(
        code="InvalidInputException", message="Workflow nightly has no start trigger."
    )


def test_a_scheduled_workflow_may_be_started_by_hand() -> None:
    """`StartWorkflowRun` serves every type of start trigger; policy `start_on_non_ondemand`."""
    for type_ in ("ON_DEMAND", "SCHEDULED", "EVENT"):
        assert admit(workflow(start_trigger("load", type=type_)), start="API", active_runs=0) == Admit()


def test_over_limit_overridden() -> None:
    """`record` leaves a run in ERROR for every start, `refuse` for none."""
    for kind in KINDS:
        record = admit(ONE_AT_A_TIME, start=kind, active_runs=1, policies=Policies(over_limit="record"))
        assert record == Record(message=MESSAGE)
    refuse = [admit(ONE_AT_A_TIME, start=k, active_runs=1, policies=Policies(over_limit="refuse")) for k in KINDS]
    assert refuse == [REFUSED, REFUSED, Drop(), Drop()]


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


def test_only_a_running_run_can_be_stopped() -> None:
    """https://docs.aws.amazon.com/glue/latest/webapi/API_StopWorkflowRun.html has IllegalWorkflowStateException."""
    play = Play(workflow(start_trigger("load")))
    assert stop_refusal(play.state) is None
    play.stop()
    assert stop_refusal(play.state) == Refuse(
        code="IllegalWorkflowStateException",
        message=f"Run {RUN_ID} of workflow nightly cannot be stopped: it is STOPPING.",
    )
    play.end("load", "STOPPED")
    refusal = stop_refusal(play.state)
    assert refusal is not None
    assert refusal.message == f"Run {RUN_ID} of workflow nightly cannot be stopped: it is STOPPED."


def test_properties_may_be_put_after_the_end() -> None:
    """Policy `put_after_end`: accepted, unless overridden; then the caller is told and the run stays as it was."""
    lenient = Play(workflow(start_trigger("load")))
    lenient.end("load")
    assert property_put_refusal(lenient.state) is None
    lenient.put(late="yes")
    assert lenient.picture.properties == {"late": "yes"}
    assert lenient.status == "COMPLETED"

    strict = Play(workflow(start_trigger("load")), Policies(put_after_end="refuse"))
    assert property_put_refusal(strict.state) is None
    strict.put(early="yes")
    strict.end("load")
    assert property_put_refusal(strict.state) == Refuse(
        code="InvalidInputException",
        message=f"Run {RUN_ID} of workflow nightly takes no more properties: it is COMPLETED.",
    )
    strict.put(late="yes")
    assert strict.picture.properties == {"early": "yes"}


def test_a_run_in_error_cannot_be_stopped() -> None:
    """A run that was not started is as little RUNNING as one that has ended."""
    state = refused_run(ONE_AT_A_TIME, run_id=RUN_ID, at=MIDNIGHT, message=MESSAGE)
    refusal = stop_refusal(state)
    assert refusal is not None
    assert refusal.code == "IllegalWorkflowStateException"
