"""How a run begins, goes on, and ends: its status, its statistics, its job runs' states."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import ActionEnded, PropertiesPut, StopRequested, begin, refused_run, snapshot, step
from gluedsl.errors import UsageError
from gluedsl.model import Trigger
from tests.support.engine import MIDNIGHT, RUN_ID, Play, ends, start_trigger, when_all, when_any, workflow

if TYPE_CHECKING:
    from gluedsl.engine import EndState

CHAIN = workflow(start_trigger("load"), when_all("loaded", ends("load"), then=("crawl",)))


def test_a_run_is_running_until_nothing_is_left_to_do() -> None:
    """RUNNING from the start to the last end, then COMPLETED, with the times of both."""
    play = Play(CHAIN)
    assert (play.status, play.picture.started_on, play.picture.completed_on) == ("RUNNING", MIDNIGHT, None)
    play.end("load")
    assert (play.status, play.picture.completed_on) == ("RUNNING", None)
    play.end("crawl")
    assert (play.status, play.picture.completed_on) == ("COMPLETED", MIDNIGHT + timedelta(minutes=2))
    assert play.state.has_ended


def test_completed_whatever_the_results() -> None:
    """A failed job does not make a failed run: Glue has no such status.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html: "Even if one ore more nodes in a workflow run
    don't complete, the workflow run state is shown as COMPLETED. Be sure to check the run graph".
    """
    play = Play(CHAIN)
    play.end("load", "FAILED", error="KeyError: 'amount'")
    assert play.status == "COMPLETED"
    assert play.runs("load").runs[0].error == "KeyError: 'amount'"
    assert play.states == {"load": ["FAILED"], "crawl": []}
    assert play.counters == {"total": 2, "failed": 1}


def test_total_actions_counts_what_never_started() -> None:
    """TotalActions is the size of the run's graph, not the number of runs; policy `total_actions`.

    https://docs.aws.amazon.com/glue/latest/dg/running_monitoring_workflow.html shows a COMPLETED run with
    "TotalActions": 11 and "SucceededActions": 9, all other counters being 0.
    """
    play = Play(
        workflow(
            start_trigger("a", "b"),
            when_any("trouble", ends("a", "FAILED"), ends("b", "FAILED"), then=("page", "clean up")),
        )
    )
    play.end("a")
    play.end("b")
    assert play.counters == {"total": 4, "succeeded": 2}
    assert play.picture.outcome == "SUCCEEDED"


@pytest.mark.parametrize(
    ("name", "end", "counter"),
    [
        ("load", "SUCCEEDED", "succeeded"),
        ("load", "FAILED", "failed"),
        ("load", "TIMEOUT", "timeout"),
        ("load", "STOPPED", "stopped"),
        ("load", "ERROR", "errored"),
        ("load", "EXPIRED", "failed"),
        ("crawl", "SUCCEEDED", "succeeded"),
        ("crawl", "FAILED", "failed"),
        ("crawl", "CANCELLED", "stopped"),
        ("crawl", "ERROR", "errored"),
    ],
)
def test_each_end_has_its_counter(name: str, end: EndState, counter: str) -> None:
    """Statistics count each action once, by the state that it ended in.

    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRunStatistics.html. It has no counter for cancelled
    crawls and expired job runs: they count as stopped and as failed.
    """
    play = Play(workflow(start_trigger(name)))
    play.end(name, end)
    assert play.counters == {"total": 1, counter: 1}


def test_the_states_that_a_job_run_goes_through() -> None:
    """A job run is STARTING, then RUNNING, then perhaps STOPPING, and counts as running all the while.

    https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html: "Possible job run statuses are STARTING, RUNNING,
    STOPPING, STOPPED, SUCCEEDED, FAILED, ERROR, WAITING and TIMEOUT."
    """
    play = Play(workflow(start_trigger("load")))
    seen = [(play.states["load"], play.counters)]
    for happens in (play.really_start, play.stop_one):
        happens("load")
        seen.append((play.states["load"], play.counters))
    play.end("load", "STOPPED")
    seen.append((play.states["load"], play.counters))
    assert seen == [
        (["STARTING"], {"total": 1, "running": 1}),
        (["RUNNING"], {"total": 1, "running": 1}),
        (["STOPPING"], {"total": 1, "running": 1}),
        (["STOPPED"], {"total": 1, "stopped": 1}),
    ]


def test_the_states_that_a_crawl_goes_through() -> None:
    """A crawl knows no STARTING: it is RUNNING, then perhaps CANCELLING.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Crawl.html, State.
    """
    play = Play(workflow(start_trigger("crawl")))
    seen = [play.states["crawl"]]
    for happens in (play.really_start, play.stop_one):
        happens("crawl")
        seen.append(play.states["crawl"])
    play.end("crawl", "CANCELLED")
    assert [*seen, play.states["crawl"]] == [["RUNNING"], ["RUNNING"], ["CANCELLING"], ["CANCELLED"]]


def test_the_times_of_a_job_run() -> None:
    """A job run's start is when it really started, once that is known."""
    play = Play(workflow(start_trigger("load")))
    assert play.runs("load").runs[0].started_on == MIDNIGHT
    play.really_start("load")
    play.end("load")
    (run,) = play.runs("load").runs
    assert run.started_on == MIDNIGHT + timedelta(minutes=1)
    assert run.completed_on == MIDNIGHT + timedelta(minutes=2)


def test_somebody_stops_one_job() -> None:
    """A job that is stopped by hand is an ordinary end: the run goes on, and a trigger may wait for STOPPED.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html has STOPPED among the job completion states.
    """
    play = Play(
        workflow(start_trigger("load", "other"), when_all("stopped", ends("load", "STOPPED"), then=("clean up",)))
    )
    play.stop_one("load")
    play.end("load", "STOPPED")
    assert play.fired == ["start", "stopped"]
    assert play.status == "RUNNING"


def test_stopping_a_run() -> None:
    """What runs is terminated, what has not started never starts, whatever waits for it.

    https://docs.aws.amazon.com/glue/latest/dg/workflow-stopping.html: "all running jobs and crawlers are immediately
    terminated, and jobs and crawlers that are not yet started never start ... The workflow run status goes from
    Running to Stopping, and when the workflow run is completely stopped, the status goes to Stopped."
    """
    play = Play(
        workflow(
            start_trigger("quick", "load", "crawl"),
            when_all("stopped", ends("load", "STOPPED"), then=("clean up",)),
            when_all("cancelled", ends("crawl", "CANCELLED"), then=("clean up",)),
        )
    )
    play.end("quick")
    play.really_start("load")
    play.stop()
    assert play.status == "STOPPING"
    assert play.told_to_stop == ["load", "crawl"]
    assert play.states == {"quick": ["SUCCEEDED"], "load": ["STOPPING"], "crawl": ["CANCELLING"], "clean up": []}

    play.end("load", "STOPPED")
    assert play.status == "STOPPING"
    play.end("crawl", "CANCELLED")
    assert play.status == "STOPPED"
    assert play.picture.completed_on == play.now
    assert play.fired == ["start"]
    assert play.counters == {"total": 5, "succeeded": 1, "stopped": 2}


def test_a_job_that_is_quicker_than_the_stop() -> None:
    """A job that succeeds while the run is being stopped has succeeded, and starts nothing."""
    play = Play(CHAIN)
    play.stop()
    play.really_start("load")
    assert play.states["load"] == ["STOPPING"]
    play.end("load")
    assert play.status == "STOPPED"
    assert play.states == {"load": ["SUCCEEDED"], "crawl": []}
    assert play.fired == ["start"]
    assert play.picture.outcome == "PARTIAL"


def test_a_job_that_cannot_start_while_the_run_is_being_stopped() -> None:
    """A start that is refused during a stop is an end like others, and does not queue."""
    play = Play(workflow(start_trigger("busy", "gone"), when_any("failed", ends("busy", "STOPPED"), then=("never",))))
    play.stop()
    play.refuse("busy", "JOB_BUSY", queuing_enabled=True)
    play.refuse("gone", "JOB_MISSING")
    assert play.queued == []
    assert play.status == "STOPPED"
    assert play.states == {"busy": ["STOPPED"], "never": [], "gone": ["ERROR"]}


def test_a_failure_during_a_stop_is_not_retried() -> None:
    """Retries are starts too: none happens in a run that is being stopped."""
    play = Play(workflow(start_trigger("load")))
    play.stop()
    play.end("load", "FAILED", max_retries=3)
    assert play.status == "STOPPED"
    assert play.states == {"load": ["FAILED"]}


def test_a_run_is_stopped_once() -> None:
    """A second stop, or one after the end, changes nothing."""
    play = Play(CHAIN)
    play.stop()
    stopping = play.state
    play.stop()
    assert play.state == stopping
    assert play.told_to_stop == ["load"]
    play.end("load", "STOPPED")
    stopped = play.state
    play.stop()
    assert play.state == stopped


def test_a_start_trigger_that_starts_nothing() -> None:
    """A run with nothing to do is COMPLETED at once."""
    play = Play(workflow(start_trigger()))
    assert play.fired == ["start"]
    assert play.status == "COMPLETED"
    assert play.picture.completed_on == MIDNIGHT
    assert play.counters == {}


def test_the_start_trigger_that_fires() -> None:
    """Where a workflow has two start triggers, which Glue refuses, the first fires, or the one that was asked for."""
    first = start_trigger("a")
    second = Trigger(name="second", type="EVENT", actions=start_trigger("b").actions)
    design = workflow(first, second)
    assert list(begin(design, run_id=RUN_ID, at=MIDNIGHT).state.triggers) == ["start"]
    by_event = begin(design, run_id=RUN_ID, at=MIDNIGHT, start="EVENT", trigger="second")
    assert list(by_event.state.triggers) == ["second"]


def test_workflows_that_cannot_begin() -> None:
    """Without a start trigger, or with two triggers of one name, there is no run to speak of."""
    conditional = when_all("next", ends("a"), then=("b",))
    with pytest.raises(UsageError) as none:
        begin(workflow(conditional), run_id=RUN_ID, at=MIDNIGHT)
    assert none.value.message == "workflow `nightly` has no start trigger"
    assert none.value.hint == "A run begins with an ON_DEMAND, SCHEDULED or EVENT trigger."
    with pytest.raises(UsageError) as unknown:
        begin(workflow(start_trigger("a"), conditional), run_id=RUN_ID, at=MIDNIGHT, trigger="next")
    assert unknown.value.message == "workflow `nightly` has no start trigger named `next`"
    with pytest.raises(UsageError) as twice:
        begin(workflow(start_trigger("a"), conditional, conditional), run_id=RUN_ID, at=MIDNIGHT)
    assert twice.value.message == "workflow `nightly` has two triggers named `next`"
    assert twice.value.hint == "Run `gluedsl check` on it: Glue refuses such a workflow."


def test_a_run_that_could_not_be_started() -> None:
    """It is there, in ERROR, with Glue's message and with nothing in it, and nothing can happen to it.

    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html: "Currently the only error message is
    'Concurrent runs exceeded for workflow: foo.'"
    """
    message = "Concurrent runs exceeded for workflow: nightly."
    state = refused_run(CHAIN, run_id=RUN_ID, at=MIDNIGHT, message=message, properties={"day": "1"})
    picture = snapshot(state)
    assert (picture.status, picture.error, picture.outcome) == ("ERROR", message, "FAILED")
    assert picture.completed_on == MIDNIGHT
    assert picture.properties == {"day": "1"}
    assert [(found.node.name, found.runs) for found in picture.nodes] == [("load", ()), ("crawl", ())]
    assert [firing.fired_at for firing in picture.triggers] == [None, None]
    assert step(state, StopRequested(at=MIDNIGHT)).state == state
    assert step(state, ActionEnded(id="jr_1", state="FAILED", at=MIDNIGHT)).state == state


def test_run_properties() -> None:
    """Defaults, overlaid with those of the start, overlaid with each put in turn; the defaults stay as they are.

    https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html: "If a property already exists for
    the specified run, then it overrides the value otherwise adds the property to existing properties."
    https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html: "When a job modifies a run property,
    the new value exists only for the workflow run. The default run properties aren't affected."
    """
    design = workflow(start_trigger("a", "b"), properties={"env": "prod", "rows": "0", "day": "?"})
    play = Play(design, properties={"day": "monday", "by": "hand"})
    assert play.picture.properties == {"env": "prod", "rows": "0", "day": "monday", "by": "hand"}
    play.put(rows="42", seen="yes")
    play.put(rows="43")
    assert play.picture.properties == {"env": "prod", "rows": "43", "day": "monday", "by": "hand", "seen": "yes"}
    assert design.default_run_properties == {"env": "prod", "rows": "0", "day": "?"}
    assert Play(design).picture.properties == {"env": "prod", "rows": "0", "day": "?"}


def test_puts_of_two_jobs_do_not_undo_each_other() -> None:
    """A put names only the keys that it changes, so that jobs in parallel that put different keys both succeed."""
    play = Play(workflow(start_trigger("a", "b")))
    play.put(a_rows="1")
    play.put(b_rows="2")
    play.put(a_rows="3")
    assert play.picture.properties == {"a_rows": "3", "b_rows": "2"}


def test_states_are_values() -> None:
    """A step leaves the state that it was given as it was, so that a run can be branched and compared."""
    start = begin(CHAIN, run_id=RUN_ID, at=MIDNIGHT).state
    picture = snapshot(start)
    (load,) = start.actions
    good = step(start, ActionEnded(id=load, state="SUCCEEDED", at=MIDNIGHT)).state
    bad = step(start, ActionEnded(id=load, state="FAILED", at=MIDNIGHT)).state
    step(start, PropertiesPut(properties={"a": "b"}, at=MIDNIGHT))
    step(start, StopRequested(at=MIDNIGHT))
    assert snapshot(start) == picture
    assert (good.status, bad.status) == ("RUNNING", "COMPLETED")
    assert good != bad
