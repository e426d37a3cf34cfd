"""A run that is resumed.

https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html has the rules, API_ResumeWorkflowRun the errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import Refuse, refused_run, resume, resume_refusal
from gluedsl.errors import UsageError
from gluedsl.graph import Node
from tests.support.engine import MIDNIGHT, RUN_ID, Play, ends, node, start_trigger, starts, when_all, when_any, workflow

if TYPE_CHECKING:
    from gluedsl.engine import EndState
    from gluedsl.model import Workflow

W1 = workflow(
    start_trigger("J1"),
    when_all("T2", ends("J1"), then=("J2",)),
    when_all("T3", ends("J1"), then=("J3",)),
    when_all("T4", ends("J2"), then=("J4",)),
    when_all("T5", ends("J3"), then=("J5",)),
)
AGAIN = "wr_" + "1" * 64


def played(design: Workflow, **outcomes: EndState) -> Play:
    """Return a run that has ended; what is not named succeeds."""
    play = Play(design)
    while under_way := next(iter(play.state.under_way), None):
        play.end(under_way.node.name, outcomes.get(under_way.node.name, "SUCCEEDED"))
    return play


def resumed(play: Play, *names: str, run_id: str = AGAIN) -> Play:
    """Resume a run from jobs and crawlers."""
    return play.resume(*names, run_id=run_id)


def test_the_example_of_the_developer_guide() -> None:
    """J2 and J3 failed; resumed from both, they run, and J4 and J5 run after them.

    "The workflow run resumes as follows: Jobs J2 and J3 run successfully. Triggers T4 and T5 fire. Jobs J4 and J5 run
    successfully."
    """
    first = played(W1, J2="FAILED", J3="FAILED")
    assert first.states == {"J1": ["SUCCEEDED"], "J2": ["FAILED"], "J3": ["FAILED"], "J4": [], "J5": []}
    second = resumed(first, "J2", "J3")
    assert second.restarted == ["J2", "J3"]
    assert second.started == ["J2", "J3"]
    assert second.states["J1"] == ["SUCCEEDED"]
    second.end("J2")
    second.end("J3")
    second.end("J4")
    second.end("J5")
    assert second.started == ["J2", "J3", "J4", "J5"]
    assert second.status == "COMPLETED"
    assert second.picture.outcome == "SUCCEEDED"
    assert second.counters == {"total": 5, "succeeded": 5}


def test_a_run_of_its_own() -> None:
    """It has a new id, names the run that it resumes, and leaves that as it is.

    "The resumed workflow run is tracked as a separate workflow run with a new run ID. When you view the workflow
    history, you can view the previous run ID for any workflow run."
    """
    first = played(W1, J2="FAILED")
    before = first.state
    second = resumed(first, "J2")
    assert (second.picture.run_id, second.picture.previous_run_id) == (AGAIN, RUN_ID)
    assert (second.status, second.picture.started_on, second.picture.completed_on) == ("RUNNING", second.now, None)
    assert first.state == before
    assert before.previous_run_id is None


def test_what_is_not_run_again_is_copied() -> None:
    """The graph is complete: jobs that are not run again are there with their run details, ids and times included.

    "The nodes that didn't run in the resumed workflow are copied from the run graph of the original workflow run.
    Copied job and crawler nodes that ran in the original workflow run include run details."
    """
    first = played(W1, J2="FAILED")
    second = resumed(first, "J2")
    for name in ("J1", "J3", "J5"):
        assert second.runs(name) == first.runs(name)
    assert second.runs("J2").runs[0].id != first.runs("J2").runs[0].id
    assert second.runs("J2").runs[0].trigger == "T2"
    assert second.runs("J4").runs == ()
    assert [firing.fired_at for firing in second.picture.triggers][:3] == [
        firing.fired_at for firing in first.picture.triggers
    ][:3]


def test_what_is_copied_counts_as_met() -> None:
    """A trigger that waits for a copied job and for one that runs again fires when the latter has ended."""
    design = workflow(start_trigger("a", "b"), when_all("both", ends("a"), ends("b"), then=("c",)))
    second = resumed(played(design, b="FAILED"), "b")
    assert second.started == ["b"]
    second.end("b")
    assert second.fired == ["start", "both"]
    assert second.started == ["b", "c"]


def test_what_is_copied_and_failed_is_heard_again() -> None:
    """A trigger that waits for either of two failures, one of them copied, fires once the other job has ended."""
    design = workflow(
        start_trigger("a", "b"), when_any("bad", ends("a", "FAILED"), ends("b", "FAILED"), then=("page",))
    )
    first = played(design, a="FAILED", b="FAILED")
    assert first.started == ["a", "b", "page"]
    second = resumed(first, "a")
    assert second.started == ["a"]
    second.end("a")
    assert second.started == ["a", "page"]
    fine = resumed(first, "a", "b")
    fine.end("a")
    fine.end("b")
    assert fine.started == ["a", "b"]


def test_everything_downstream_runs_again() -> None:
    """Also what succeeded before.

    "The selected nodes and all nodes that are downstream from those nodes are then run."
    """
    first = played(W1)
    second = resumed(first, "J2")
    assert second.states == {
        "J1": ["SUCCEEDED"], "J2": ["STARTING"], "J3": ["SUCCEEDED"], "J4": [], "J5": ["SUCCEEDED"]
    }  # fmt: skip
    second.end("J2")
    assert second.states["J4"] == ["STARTING"]


def test_a_node_below_another_is_not_started_by_itself() -> None:
    """It is left out of the answer: "the downstream node would be restarted anyway by the normal flow"."""
    first = played(W1)
    for selected in (("J4", "J1", "J3"), ("J1", "J4", "J3"), ("J1", "J1")):
        second = resumed(first, *selected)
        assert second.restarted == ["J1"]
        assert second.started == ["J1"]


def test_a_job_is_started_as_it_was_before() -> None:
    """With the same trigger, arguments and timeout, from attempt 0, and with each run that it had."""
    mode = starts("load", arguments={"--mode": "full"}, timeout_minutes=5)
    first = Play(workflow(start_trigger(mode, mode, "other")))
    first.end("load", "FAILED", max_retries=1)
    first.end("load", "FAILED", max_retries=1)
    first.end("load")
    first.end("load")
    first.end("other")
    second = resumed(first, "load")
    assert [(run.trigger, run.attempt, run.state) for run in second.runs("load").runs] == [
        ("start", 0, "STARTING"),
        ("start", 0, "STARTING"),
    ]
    assert [action.action for action in second.state.under_way] == [mode, mode]
    assert second.states["other"] == ["SUCCEEDED"]


def test_a_crawler_can_be_restarted() -> None:
    """Jobs and crawlers alike."""
    design = workflow(start_trigger("crawl"), when_all("t", ends("crawl"), then=("load",)))
    second = resumed(played(design, crawl="FAILED"), "crawl")
    assert second.states == {"crawl": ["RUNNING"], "load": []}
    second.end("crawl")
    assert second.started == ["crawl", "load"]


def test_a_job_on_a_cycle() -> None:
    """It is started once, and the trigger that would start it again has done so."""
    circle = workflow(
        start_trigger("a"), when_all("forth", ends("a"), then=("b",)), when_all("back", ends("b"), then=("a",))
    )
    second = resumed(played(circle), "b")
    assert second.restarted == ["b"]
    while under_way := next(iter(second.state.under_way), None):
        second.end(under_way.node.name)
    assert second.started == ["b", "a"]
    assert second.status == "COMPLETED"
    assert resumed(played(circle), "a", "b").restarted == ["a"]


def test_a_resumed_run_can_be_stopped() -> None:
    """Only what runs in it is stopped; what was copied stays."""
    second = resumed(played(W1, J2="FAILED"), "J2")
    second.stop()
    assert second.told_to_stop == ["J2"]
    second.end("J2", "STOPPED")
    assert second.status == "STOPPED"
    assert second.counters == {"total": 5, "succeeded": 3, "stopped": 1}


@pytest.mark.parametrize("end", ["running", "stopped", "error"])
def test_only_a_completed_run_can_be_resumed(end: str) -> None:
    """Neither one that goes on, nor one that was stopped or that never began.

    "You can resume a workflow run only if it's in the COMPLETED state."
    """
    play = Play(W1)
    if end == "stopped":
        play.stop()
        play.end("J1", "STOPPED")
    state = refused_run(W1, run_id=RUN_ID, at=MIDNIGHT, message="over") if end == "error" else play.state
    status = {"running": "RUNNING", "stopped": "STOPPED", "error": "ERROR"}[end]
    refusal = Refuse(
        code="IllegalWorkflowStateException",
        message=f"Run {RUN_ID} of workflow nightly cannot be resumed: it is {status}, not COMPLETED.",
    )
    assert resume_refusal(state, [node("J1")], active_runs=0) == refusal
    with pytest.raises(UsageError) as error:
        resume(state, [node("J1")], run_id=AGAIN, at=MIDNIGHT)
    assert error.value.message == refusal.message


@pytest.mark.parametrize(
    ("nodes", "why"),
    [
        ([], "no nodes are given."),
        ([Node("TRIGGER", "T2")], "from trigger T2: only jobs and crawlers can be restarted."),
        ([Node("JOB", "J1"), Node("JOB", "J4")], "from job J4: it has no run attempt in it."),
        ([Node("CRAWLER", "J1")], "from crawler J1: it has no run attempt in it."),
    ],
)
def test_nodes_that_cannot_be_restarted(nodes: list[Node], why: str) -> None:
    """Triggers, and what the run before did not start.

    "You can resume a workflow run from any job or crawler node that the original workflow run attempted to run. You
    can't resume a workflow run from a trigger node."
    """
    refusal = resume_refusal(played(W1, J2="FAILED").state, nodes, active_runs=0)
    colon = "" if why.startswith("from") else ":"
    assert refusal == Refuse(
        code="InvalidInputException", message=f"Run {RUN_ID} of workflow nightly cannot be resumed{colon} {why}"
    )


def test_a_resumed_run_counts_against_the_limit() -> None:
    """https://docs.aws.amazon.com/glue/latest/webapi/API_ResumeWorkflowRun.html has ConcurrentRunsExceededException."""
    limited = workflow(*W1.triggers, max_concurrent_runs=2)
    state = played(limited).state
    assert resume_refusal(state, [node("J1")], active_runs=1) is None
    assert resume_refusal(state, [node("J1")], active_runs=2) == Refuse(
        code="ConcurrentRunsExceededException", message="Concurrent runs exceeded for workflow: nightly."
    )
    lowered = workflow(*W1.triggers, max_concurrent_runs=1)
    assert resume_refusal(state, [node("J1")], active_runs=1, latest=lowered) is not None


def test_the_same_run_can_be_resumed_many_times() -> None:
    """Each time anew, with ids of its own.

    "You can resume the same workflow run multiple times."
    """
    first = played(W1, J2="FAILED")
    ids = {resumed(first, "J2", run_id=f"wr_{number:064}").runs("J2").runs[0].id for number in range(5)}
    assert len(ids) == 5
