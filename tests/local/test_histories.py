"""What is remembered of runs: the newest of those that have ended, and all that have not."""

from __future__ import annotations

from dataclasses import replace

from gluedsl.engine import ActionEnded, RunState, StartedAction, begin, step
from gluedsl.graph import Node
from gluedsl.local.action_runs import ActionRun, History
from gluedsl.local.driven_runs import DrivenRun, WorkflowRuns
from gluedsl.model import Action
from tests.support.engine import MIDNIGHT, start_trigger, workflow


def going(number: int) -> RunState:
    """Return a workflow run that goes on."""
    return begin(workflow(start_trigger("load")), run_id=f"wr_{number}", at=MIDNIGHT).state


def ended(state: RunState) -> RunState:
    """Return the run at its end."""
    (action,) = state.under_way
    return step(state, ActionEnded(id=action.id, state="SUCCEEDED", at=MIDNIGHT)).state


def crawl(number: int) -> ActionRun:
    """Return a crawl that goes on."""
    started = StartedAction(
        id=str(number),
        node=Node("CRAWLER", "crawl"),
        trigger="start",
        action=Action(crawler_name="crawl"),
        state="RUNNING",
        started_on=MIDNIGHT,
    )
    return ActionRun(action=started, modified_on=MIDNIGHT)


def test_runs_of_a_workflow() -> None:
    """However many went on at once, once they have ended no more than the newest few stay."""
    kept = WorkflowRuns(kept=3)
    runs = [DrivenRun(state=going(number), is_of_workflow=True) for number in range(6)]
    for run in runs:
        kept.add("nightly", run)
    assert (len(kept.of("nightly")), kept.active("nightly")) == (6, 6)

    for run in runs[:5]:
        run.state = ended(run.state)
    kept.add("nightly", DrivenRun(state=going(6), is_of_workflow=True))

    assert [run.run_id for run in kept.of("nightly")] == ["wr_6", "wr_5", "wr_4"]
    assert kept.find("nightly", "wr_0") is None
    kept.forget("nightly")
    assert kept.of("nightly") == []


def test_crawls_of_a_crawler() -> None:
    """The same holds for crawls and job runs; what goes on is forgotten when it ends, and not before."""
    kept: History[ActionRun] = History(kept=3)
    runs = [crawl(number) for number in range(6)]
    for run in runs:
        kept.add(run)
    assert [run.id for run in kept.under_way("crawl")] == ["0", "1", "2", "3", "4", "5"]

    for run in runs[1:]:
        run.action = replace(run.action, state="SUCCEEDED")
    kept.add(crawl(6))

    assert [run.id for run in kept.of("crawl")] == ["6", "5", "0"]
    kept.forget("crawl")
    assert [run.id for run in kept.of("crawl")] == ["6", "0"]
