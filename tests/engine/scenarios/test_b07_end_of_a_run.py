"""When a run ends, and what Glue then says of it."""

from __future__ import annotations

from datetime import timedelta

from tests.support.engine import (
    MIDNIGHT,
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)

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


def test_a_start_trigger_that_starts_nothing() -> None:
    """A run with nothing to do is COMPLETED at once."""
    play = Play(workflow(start_trigger()))
    assert play.fired == ["start"]
    assert play.status == "COMPLETED"
    assert play.picture.completed_on == MIDNIGHT
    assert play.counters == {}
