"""The states that job runs, crawls and runs go through."""

from __future__ import annotations

from datetime import timedelta

from gluedsl.engine import ActionEnded, ActionTimedOut
from tests.support.engine import (
    MIDNIGHT,
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)


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


def test_a_job_that_runs_for_too_long() -> None:
    """It ends in TIMEOUT, is not retried, is told to stop, and what it says after that comes too late.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html: "The maximum time that a job run can consume
    resources before it is terminated and enters TIMEOUT status."
    """
    play = Play(workflow(start_trigger("load", "other"), when_all("slow", ends("load", "TIMEOUT"), then=("page",))))
    play.really_start("load")
    id_ = play.under_way("load").id
    play.time_out("load")
    (run,) = play.runs("load").runs
    assert (run.state, run.error, run.completed_on) == ("TIMEOUT", "Job has timed out", MIDNIGHT + timedelta(minutes=2))
    assert play.told_to_stop == ["load"]
    assert play.fired == ["start", "slow"]
    assert play.counters == {"total": 3, "timeout": 1, "running": 2}
    before = play.state
    assert play.tell(ActionEnded(id=id_, state="SUCCEEDED", at=play.now)) == ()
    assert play.state == before


def test_what_cannot_time_out() -> None:
    """A job run that waits or is being stopped, and a crawl, do not."""
    play = Play(workflow(start_trigger("load", "busy", "crawl")))
    play.refuse("busy", "JOB_BUSY", queuing_enabled=True)
    play.stop_one("load")
    before = play.state
    for name in ("load", "busy", "crawl"):
        assert play.tell(ActionTimedOut(id=play.under_way(name).id, at=MIDNIGHT)) == ()
    assert play.state == before


def test_the_states_that_a_run_goes_through() -> None:
    """RUNNING to COMPLETED; or, when it is stopped, over STOPPING to STOPPED.

    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html, Status.
    """
    good = Play(workflow(start_trigger("load")))
    seen = [good.status]
    good.end("load")
    assert [*seen, good.status] == ["RUNNING", "COMPLETED"]
    stopped = Play(workflow(start_trigger("load")))
    seen = [stopped.status]
    stopped.stop()
    seen.append(stopped.status)
    stopped.end("load", "STOPPED")
    assert [*seen, stopped.status] == ["RUNNING", "STOPPING", "STOPPED"]
