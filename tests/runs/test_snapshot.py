"""What a snapshot says of a run: what it came to, what never started, and whether a failure was expected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gluedsl.graph import Node
from gluedsl.model import Action, Condition, Predicate, Trigger, Workflow
from gluedsl.runs import ActionRun, NodeRuns, RunSnapshot, TriggerFiring

LOAD, PUBLISH, PAGE, CRAWL = Node("JOB", "load"), Node("JOB", "publish"), Node("JOB", "page"), Node("CRAWLER", "lake")


def conditional(name: str, *conditions: Condition, then: str, enabled: bool = True) -> Trigger:
    """Return a trigger that starts a job when all conditions hold."""
    return Trigger(
        name=name,
        type="CONDITIONAL",
        predicate=Predicate(conditions=conditions),
        actions=(Action(job_name=then),),
        enabled=enabled,
    )


DESIGN = Workflow(
    name="nightly",
    triggers=(
        Trigger(name="start", type="ON_DEMAND", actions=(Action(job_name="load"), Action(crawler_name="lake"))),
        conditional("good", Condition(job_name="load", state="SUCCEEDED"), then="publish"),
        conditional("bad", Condition(job_name="load", state="FAILED"), then="page"),
    ),
)
"""`load` and `lake` start; `publish` follows when `load` succeeds, `page` when it fails."""


def runs(*states: str, attempts: tuple[int, ...] = ()) -> tuple[ActionRun, ...]:
    """Return runs in these states."""
    numbers = attempts or (0,) * len(states)
    return tuple(
        ActionRun(id=f"jr_{index}", state=state, attempt=attempt)
        for index, (state, attempt) in enumerate(zip(states, numbers, strict=True))
    )


def run(
    load: tuple[ActionRun, ...] = (),
    publish: tuple[ActionRun, ...] = (),
    page: tuple[ActionRun, ...] = (),
    lake: tuple[ActionRun, ...] = (),
    *,
    status: str = "COMPLETED",
    workflow: Workflow = DESIGN,
) -> RunSnapshot:
    """Return a run of DESIGN."""
    by_node = {LOAD: load, CRAWL: lake, PUBLISH: publish, PAGE: page}
    return RunSnapshot(
        workflow=workflow,
        run_id="wr_0",
        status=status,
        nodes=tuple(NodeRuns(node=node, runs=found) for node, found in by_node.items()),
        triggers=tuple(TriggerFiring(name=trigger.name, type=trigger.type) for trigger in workflow.triggers),
    )


GOOD = runs("SUCCEEDED")


def test_all_went_well() -> None:
    """SUCCEEDED: everything that starts when all goes well ended well; the failure branch had no reason to start."""
    whole = run(GOOD, GOOD, lake=GOOD)
    assert whole.outcome == "SUCCEEDED"
    assert whole.never_started == ()
    assert whole.ended_badly == ()


@pytest.mark.parametrize("state", ["FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED"])
def test_an_action_ended_badly(state: str) -> None:
    """FAILED: also where a branch was there for the failure."""
    failed = run(runs(state), page=GOOD, lake=GOOD)
    assert failed.outcome == "FAILED"
    assert [found.node for found in failed.ended_badly] == [LOAD]
    assert run(GOOD, GOOD, lake=runs("CANCELLED")).outcome == "FAILED"


def test_the_last_attempt_counts() -> None:
    """A job that failed and then succeeded has succeeded; one whose retry failed as well has failed."""
    assert run(runs("FAILED", "SUCCEEDED", attempts=(0, 1)), GOOD, lake=GOOD).outcome == "SUCCEEDED"
    assert run(runs("FAILED", "FAILED", attempts=(0, 1)), page=GOOD, lake=GOOD).outcome == "FAILED"


def test_every_run_of_a_node_counts() -> None:
    """A job that two triggers started ended badly if either run of it did, with its last attempt."""
    twice = run(runs("FAILED", "SUCCEEDED"), GOOD, lake=GOOD)
    assert twice.outcome == "FAILED"
    assert [found.node for found in twice.ended_badly] == [LOAD]
    retried = NodeRuns(node=LOAD, runs=runs("FAILED", "SUCCEEDED", "SUCCEEDED", attempts=(0, 1, 0)))
    assert [found.id for found in retried.final] == ["jr_1", "jr_2"]


def test_something_never_started() -> None:
    """PARTIAL: nothing ended badly, yet a node that starts when all goes well did not."""
    partial = run(GOOD, lake=GOOD)
    assert partial.outcome == "PARTIAL"
    assert [found.node for found in partial.never_started] == [PUBLISH]


def test_an_inactive_trigger_makes_a_run_partial() -> None:
    """That a trigger was not activated is no excuse for what it did not start."""
    off = replace(DESIGN, triggers=tuple(replace(trigger, enabled=False) for trigger in DESIGN.triggers))
    partial = run(GOOD, lake=GOOD, workflow=off)
    assert partial.outcome == "PARTIAL"
    assert [found.node for found in partial.never_started] == [PUBLISH]


def test_a_stopped_run() -> None:
    """A stop after the last end that still came first makes a run PARTIAL; one that stopped a job, FAILED."""
    assert run(GOOD, GOOD, lake=GOOD, status="STOPPED").outcome == "PARTIAL"
    assert run(GOOD, runs("STOPPED"), lake=GOOD, status="STOPPED").outcome == "FAILED"


def test_a_run_that_could_not_be_started() -> None:
    """FAILED: nothing ran, and something should have."""
    assert run(status="ERROR").outcome == "FAILED"


@pytest.mark.parametrize(
    ("status", "ended"),
    [("RUNNING", False), ("STOPPING", False), ("COMPLETED", True), ("STOPPED", True), ("ERROR", True)],
)
def test_whether_a_run_has_ended(status: str, ended: bool) -> None:  # noqa: FBT001 -- parametrized
    """Two of Glue's five statuses say that more is to come."""
    assert run(status=status).has_ended == ended


def test_the_last_run_of_a_node() -> None:
    """The newest attempt of the newest run; nothing where there is none."""
    retried = NodeRuns(node=LOAD, runs=runs("FAILED", "RUNNING", attempts=(0, 1)))
    assert retried.last == ActionRun(id="jr_1", state="RUNNING", attempt=1)
    assert retried.state == "RUNNING"
    assert [found.id for found in retried.final] == ["jr_1"]
    nothing = NodeRuns(node=LOAD)
    assert (nothing.last, nothing.state, nothing.final) == (None, None, ())
