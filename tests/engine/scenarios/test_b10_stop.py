"""A run that is stopped."""

from __future__ import annotations

from gluedsl.engine import (
    Refuse,
    refused_run,
    stop_refusal,
)
from tests.support.engine import (
    MIDNIGHT,
    RUN_ID,
    Play,
    ends,
    start_trigger,
    when_all,
    when_any,
    workflow,
)

CHAIN = workflow(start_trigger("load"), when_all("loaded", ends("load"), then=("crawl",)))


ONE_AT_A_TIME = workflow(start_trigger("load"), max_concurrent_runs=1)


MESSAGE = "Concurrent runs exceeded for workflow: nightly."


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


def test_a_run_in_error_cannot_be_stopped() -> None:
    """A run that was not started is as little RUNNING as one that has ended."""
    state = refused_run(ONE_AT_A_TIME, run_id=RUN_ID, at=MIDNIGHT, message=MESSAGE)
    refusal = stop_refusal(state)
    assert refusal is not None
    assert refusal.code == "IllegalWorkflowStateException"
