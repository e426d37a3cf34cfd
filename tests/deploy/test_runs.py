"""Watching a run until it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from gluedsl.deploy import AwsError, start, watch
from gluedsl.deploy.runs import find, recent, stopped
from gluedsl.errors import UsageError
from gluedsl.model import Workflow
from gluedsl.runs import RunSnapshot, Statistics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.graph import Node

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
    """A snapshot like the one before is not yielded again, and asked for later; nothing is asked after the end."""
    assert watched(STARTED, STARTED, HALF, HALF, ENDED) == ([STARTED, HALF, ENDED], [3, 4.5, 3, 4.5])


def test_a_run_that_has_ended() -> None:
    """It is shown once, without waiting."""
    assert watched(ENDED) == ([ENDED], [])


def test_where_little_happens_it_is_asked_for_seldom() -> None:
    """The pauses grow up to the longest, and are short again after a change."""
    slept: list[float] = []
    runs = Runs(*[STARTED] * 9, HALF, ENDED)

    list(watch(runs, "sales", "wr_1", sleep=slept.append))

    assert slept == [1, 1.5, 2.25, 3.375, 5.0625, 7.59375, 10, 10, 10, 1]


class Account:
    """Workflows with runs, and errors before some answers."""

    def __init__(self, *runs: RunSnapshot, names: Sequence[str] = (), errors: Sequence[AwsError] = ()) -> None:
        self._runs = runs
        self._names = names
        self._errors = list(errors)
        self.asked: list[str] = []

    def workflow_names(self) -> Iterator[str]:
        """Yield the names, if they may be listed."""
        self._answer("names")
        yield from self._names

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return the first run."""
        self._answer(f"run {workflow} {run_id}")
        return self._runs[0]

    def runs(self, workflow: str) -> Iterator[RunSnapshot]:
        """Yield the runs."""
        self._answer(f"runs {workflow}")
        yield from self._runs

    def node_ids(self, workflow: str, run_id: str) -> Mapping[Node, str]:
        """Return none."""
        self._answer(f"nodes {workflow} {run_id}")
        return {}

    def start_run(self, workflow: str, properties: Mapping[str, str]) -> str:
        """Start nothing."""
        self._answer(f"start {workflow} {dict(properties)}")
        return "wr_2"

    def stop_run(self, workflow: str, run_id: str) -> None:
        """Stop nothing."""
        self._answer(f"stop {workflow} {run_id}")

    def _answer(self, question: str) -> None:
        self.asked.append(question)
        if self._errors:
            raise self._errors.pop(0)


MISSING = AwsError("StartWorkflowRun", "EntityNotFoundException", "not found")
DENIED = AwsError("ListWorkflows", "AccessDeniedException", "no")
SLOWER = AwsError("GetWorkflowRun", "ThrottlingException", "Rate exceeded")


def refusal(error: pytest.ExceptionInfo[UsageError]) -> tuple[str, str]:
    """Return message and hint."""
    return error.value.message, error.value.hint


@pytest.mark.parametrize(
    ("errors", "hint"),
    [([MISSING], "did you mean `sales`?"), ([MISSING, DENIED], "deploy it first: gluedsl deploy")],
)
def test_a_wrong_name_is_put_right_where_names_may_be_listed(errors: list[AwsError], hint: str) -> None:
    """Whoever may not list workflows is told without a name."""
    account = Account(names=["sales", "stock"], errors=errors)

    with pytest.raises(UsageError) as error:
        start(account, "sale", history=account)

    assert refusal(error) == ("workflow `sale` is not deployed", hint)


def test_what_passes_is_waited_for() -> None:
    """AWS that asks for fewer requests is asked again later, and the run is watched on."""
    slept: list[float] = []
    account = Account(ENDED, errors=[SLOWER, SLOWER])

    assert list(watch(account, "sales", "wr_1", sleep=slept.append)) == [ENDED]
    assert slept == [1, 2]


def test_the_newest_run_comes_first() -> None:
    """Runs are ordered by their starts, whatever order they come in."""
    early = replace(ENDED, run_id="wr_a", started_on=datetime(2026, 3, 1, tzinfo=UTC))
    late = replace(ENDED, run_id="wr_b", started_on=datetime(2026, 3, 2, tzinfo=UTC))

    assert recent(Account(early, late), "sales", 5) == [late, early]
    assert recent(Account(early, late), "sales", 1) == [early]


def test_a_whole_id_needs_no_list() -> None:
    """A run that is named in full is asked for alone, however old it is."""
    account = Account(ENDED)

    assert find(account, "sales", f"wr_{'a' * 64}") == ENDED
    assert account.asked == [f"run sales wr_{'a' * 64}"]


def test_a_stop_is_waited_for_so_long() -> None:
    """What has not stopped in time is given back as it is; it was asked to stop once."""
    slept: list[float] = []
    stopping = replace(STARTED, status="STOPPING")
    account = Account(stopping)

    assert stopped(account, account, STARTED, sleep=slept.append, seconds=4) == stopping
    assert account.asked[0] == "stop sales wr_1"
    assert sum(slept) == 4
    assert stopped(account, account, stopping, sleep=slept.append, seconds=0) == stopping
    assert account.asked.count("stop sales wr_1") == 1
