"""Watching a run until it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.deploy import watch
from gluedsl.model import Workflow
from gluedsl.runs import RunSnapshot, Statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

STARTED = RunSnapshot(workflow=Workflow(name="sales"), run_id="wr_1", status="RUNNING", nodes=(), triggers=())
HALF = replace(STARTED, statistics=Statistics(total_actions=2, succeeded_actions=1, running_actions=1))
ENDED = replace(STARTED, status="COMPLETED", statistics=Statistics(total_actions=2, succeeded_actions=2))


class Runs:
    """Answers with one snapshot after the other."""

    def __init__(self, *snapshots: RunSnapshot) -> None:
        self._left = list(snapshots)

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return the next snapshot."""
        assert (workflow, run_id) == ("sales", "wr_1")
        return self._left.pop(0)


def watched(*snapshots: RunSnapshot) -> tuple[Sequence[RunSnapshot], list[float]]:
    """Return what a watcher sees of a run, and how it sleeps."""
    slept: list[float] = []
    seen = list(watch(Runs(*snapshots), "sales", "wr_1", sleep=slept.append, interval_seconds=3))
    return seen, slept


def test_only_what_changed_is_shown() -> None:
    """A snapshot like the one before is not yielded again; nothing is asked after the end."""
    assert watched(STARTED, STARTED, HALF, HALF, ENDED) == ([STARTED, HALF, ENDED], [3, 3, 3, 3])


def test_a_run_that_has_ended() -> None:
    """It is shown once, without waiting."""
    assert watched(ENDED) == ([ENDED], [])
