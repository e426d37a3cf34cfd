"""Glue's eight counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    when_any,
    workflow,
)

if TYPE_CHECKING:
    from gluedsl.engine import EndState


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
