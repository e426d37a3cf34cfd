"""Jobs that fail and are tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import (
    StartJobRun,
)
from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    starts,
    when_all,
    when_any,
    workflow,
)

if TYPE_CHECKING:
    from gluedsl.engine import EndState


WATCHED = workflow(
    start_trigger(starts("load", arguments={"--day": "1"}, timeout_minutes=5)),
    when_all("good", ends("load"), then=("publish",)),
    when_any("bad", ends("load", "FAILED"), ends("load", "TIMEOUT"), then=("page",)),
)


def test_a_failed_job_is_tried_again() -> None:
    """A job with `MaxRetries` 2 that succeeds the third time; only then do triggers hear of it.

    https://docs.aws.amazon.com/glue/latest/dg/add-job.html: "Specify the number of times, from 0 to 10, that AWS Glue
    should automatically restart the job if it fails." That triggers hear of the last attempt only is the policy
    `retry_visibility`.
    """
    play = Play(WATCHED)
    play.end("load", "FAILED", error="first", max_retries=2)
    assert [(run.state, run.error) for run in play.runs("load").runs] == [("FAILED", "first"), ("STARTING", None)]
    play.end("load", "FAILED", error="second", max_retries=2)
    assert play.fired == ["start"]
    play.end("load", "SUCCEEDED", max_retries=2)
    assert play.fired == ["start", "good"]
    assert [(run.attempt, run.state, run.error) for run in play.runs("load").runs] == [
        (0, "FAILED", "first"),
        (1, "FAILED", "second"),
        (2, "SUCCEEDED", None),
    ]


def test_retries_run_out() -> None:
    """A job that fails every time has failed once its retries are used up, and counts as one failed action."""
    play = Play(WATCHED)
    play.end("load", "FAILED", max_retries=1)
    assert play.counters == {"total": 3, "running": 1}
    play.end("load", "FAILED", max_retries=1)
    assert play.fired == ["start", "bad"]
    play.end("page")
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 3, "failed": 1, "succeeded": 1}


def test_a_success_after_a_failed_attempt_is_a_success() -> None:
    """The outcome of a run counts the last attempt of each job."""
    play = Play(workflow(start_trigger("load")))
    play.end("load", "FAILED", max_retries=1)
    play.end("load")
    assert play.states == {"load": ["FAILED", "SUCCEEDED"]}
    assert play.counters == {"total": 1, "succeeded": 1}
    assert play.picture.outcome == "SUCCEEDED"


def test_an_attempt_carries_on_from_the_one_before() -> None:
    """A retry has an id of its own, the number of its attempt, the attempt before it, and the same action.

    https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html: Id, Attempt, PreviousRunId, TriggerName.
    """
    play = Play(WATCHED)
    play.end("load", "FAILED", max_retries=2)
    play.end("load", "FAILED", max_retries=2)
    first, second, third = play.commands
    assert isinstance(first, StartJobRun)
    assert isinstance(second, StartJobRun)
    assert isinstance(third, StartJobRun)
    assert [second.id, third.id] == [f"{first.id}_attempt_1", f"{first.id}_attempt_2"]
    assert [first.attempt, second.attempt, third.attempt] == [0, 1, 2]
    assert [first.previous_id, second.previous_id, third.previous_id] == [None, first.id, second.id]
    assert first.action == second.action == third.action
    assert first.trigger == second.trigger == third.trigger == "start"


@pytest.mark.parametrize("end", ["TIMEOUT", "STOPPED", "ERROR", "EXPIRED", "SUCCEEDED"])
def test_only_failures_are_retried(end: EndState) -> None:
    """A job that times out, is stopped, or cannot run is not tried again.

    https://docs.aws.amazon.com/glue/latest/dg/add-job.html: "Jobs that reach the timeout limit are not restarted."
    """
    play = Play(workflow(start_trigger("load")))
    play.end("load", end, max_retries=5)
    assert play.states == {"load": [end]}
    assert play.status == "COMPLETED"


def test_crawlers_are_not_retried() -> None:
    """A crawler has no `MaxRetries`."""
    play = Play(workflow(start_trigger("crawl")))
    play.end("crawl", "FAILED", max_retries=5)
    assert play.states == {"crawl": ["FAILED"]}


def test_max_retries_may_change_while_the_run_goes_on() -> None:
    """What counts is the job's `MaxRetries` when an attempt fails.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html: "Changes that you make to downstream jobs and
    crawlers during the workflow run take effect for the current run."
    """
    play = Play(workflow(start_trigger("load")))
    play.end("load", "FAILED", max_retries=1)
    play.end("load", "FAILED", max_retries=2)
    play.end("load", "FAILED", max_retries=0)
    assert play.states == {"load": ["FAILED", "FAILED", "FAILED"]}
    assert play.status == "COMPLETED"


def test_attempts_of_one_run_are_shown_together() -> None:
    """Where two triggers start a job that is retried, each run is shown with its attempts, and counts by its last."""
    play = Play(
        workflow(
            start_trigger("a"),
            when_all("first", ends("a"), then=("shared",)),
            when_all("second", ends("a"), then=("shared",)),
        )
    )
    play.end("a")
    play.end("shared", "FAILED", trigger="first", max_retries=1)
    play.end("shared", "SUCCEEDED", trigger="second")
    play.end("shared", "FAILED", trigger="first")
    assert [(run.trigger, run.attempt, run.state) for run in play.runs("shared").runs] == [
        ("first", 0, "FAILED"),
        ("first", 1, "FAILED"),
        ("second", 0, "SUCCEEDED"),
    ]
    assert play.counters == {"total": 3, "succeeded": 2, "failed": 1}
    assert play.picture.outcome == "FAILED"
