"""What a fired trigger starts, and what becomes of what cannot start."""

from __future__ import annotations

from gluedsl.engine import (
    StartCrawl,
    StartJobRun,
)
from gluedsl.model import Action
from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    starts,
    when_any,
    workflow,
)


def test_what_a_fired_trigger_hands_over() -> None:
    """A job is started with the arguments and the timeout of the action.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html: "A trigger can pass parameters to the jobs that it
    starts. Parameters include job arguments, timeout value, security configuration, and more."
    """
    full = starts("load", arguments={"--mode": "full"}, timeout_minutes=30)
    play = Play(workflow(start_trigger(full, "crawl")))
    job, crawl = play.commands
    assert isinstance(job, StartJobRun)
    assert isinstance(crawl, StartCrawl)
    assert (job.job_name, job.trigger, job.attempt, job.action, job.previous_id) == ("load", "start", 0, full, None)
    assert (crawl.crawler_name, crawl.trigger) == ("crawl", "start")


def test_an_action_that_names_nothing_starts_nothing() -> None:
    """An action without a job or crawler, or with both, has no part in a run; Glue would refuse it."""
    play = Play(workflow(start_trigger(Action(), Action(job_name="a", crawler_name="crawl"), "load")))
    assert play.started == ["load"]
    assert play.counters == {"total": 1, "running": 1}


GUARDED = workflow(
    start_trigger("load", "other"),
    when_any("bad", ends("load", "FAILED"), ends("load", "TIMEOUT"), ends("load", "STOPPED"), then=("page",)),
)


CRAWLED = workflow(
    start_trigger("crawl"),
    when_any("heard", ends("crawl", "FAILED"), ends("crawl", "CANCELLED"), ends("crawl"), then=("page",)),
)


def test_a_job_at_its_limit_has_failed() -> None:
    """A job run over the job's `MaxConcurrentRuns` is FAILED, and a trigger that waits for FAILED fires.

    https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html: FAILED: "The job exceeded its maximum allowed
    concurrent runs, or terminated with an unknown exit code."
    """
    play = Play(GUARDED)
    play.refuse("load", "JOB_BUSY")
    (run,) = play.runs("load").runs
    assert (run.state, run.error) == ("FAILED", "Concurrent runs exceeded for load")
    assert play.fired == ["start", "bad"]
    assert play.queued == []
    assert play.counters == {"total": 3, "failed": 1, "running": 2}


def test_a_job_at_its_limit_waits_if_it_may() -> None:
    """With job run queuing the job run is WAITING until there is a slot, and then runs as any other.

    https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html: "Jobs may enter the WAITING state if you opt into
    AWS Glue job run queuing".
    """
    play = Play(GUARDED)
    play.refuse("load", "JOB_BUSY", queuing_enabled=True)
    assert play.queued == ["load"]
    assert play.states["load"] == ["WAITING"]
    assert play.counters == {"total": 3, "waiting": 1, "running": 1}
    play.end("other")
    assert play.status == "RUNNING"
    play.really_start("load")
    assert play.states["load"] == ["RUNNING"]
    play.end("load")
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 3, "succeeded": 2}


def test_a_job_that_is_deleted_while_it_waits() -> None:
    """A queued job run whose job is gone when its turn comes is in ERROR."""
    play = Play(GUARDED)
    play.refuse("load", "JOB_BUSY", queuing_enabled=True)
    play.refuse("load", "JOB_MISSING")
    assert play.states["load"] == ["ERROR"]


def test_a_queued_job_is_stopped_with_the_run() -> None:
    """A job run that waits has not started, so a stop keeps it from starting."""
    play = Play(GUARDED)
    play.refuse("load", "JOB_BUSY", queuing_enabled=True)
    play.stop()
    assert play.told_to_stop == ["load", "other"]
    play.end("load", "STOPPED")
    play.end("other", "STOPPED")
    assert play.status == "STOPPED"
    assert play.fired == ["start"]
    assert play.counters == {"total": 3, "stopped": 2}


def test_a_deleted_job_is_an_error_that_no_trigger_hears() -> None:
    """Its job run is in ERROR, counts as errored, and nothing below it starts; the rest of the run goes on.

    https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html: ERROR: "A workflow, schedule trigger, or event
    trigger attempted to run a deleted job." What it leads to is the policy `error_state`.
    """
    play = Play(GUARDED)
    play.refuse("load", "JOB_MISSING")
    (run,) = play.runs("load").runs
    assert (run.state, run.error) == ("ERROR", "Job load does not exist")
    assert play.fired == ["start"]
    play.end("other")
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 3, "errored": 1, "succeeded": 1}
    assert play.picture.outcome == "FAILED"


def test_a_crawler_that_runs_already() -> None:
    """Its crawl is in ERROR, which no trigger hears; policy `crawler_busy`.

    https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawler.html: "If the crawler is already running, returns a
    CrawlerRunningException."
    """
    play = Play(CRAWLED)
    play.refuse("crawl", "CRAWLER_BUSY")
    (run,) = play.runs("crawl").runs
    assert (run.state, run.error) == ("ERROR", "Crawler with name crawl has already started")
    assert play.fired == ["start"]
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 2, "errored": 1}


def test_a_deleted_crawler() -> None:
    """Its crawl is in ERROR as well; policy `error_state`."""
    play = Play(CRAWLED)
    play.refuse("crawl", "CRAWLER_MISSING")
    (run,) = play.runs("crawl").runs
    assert (run.state, run.error) == ("ERROR", "Crawler crawl does not exist")
    assert play.status == "COMPLETED"


def test_a_retry_that_cannot_start_is_the_last_attempt() -> None:
    """A refused start is not retried itself."""
    play = Play(GUARDED)
    play.end("load", "FAILED", error="boom", max_retries=5)
    play.refuse("load", "JOB_BUSY")
    assert [(run.attempt, run.state, run.error) for run in play.runs("load").runs] == [
        (0, "FAILED", "boom"),
        (1, "FAILED", "Concurrent runs exceeded for load"),
    ]
    assert play.fired == ["start", "bad"]
