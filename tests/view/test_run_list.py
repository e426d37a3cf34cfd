"""Runs in a table: one line each, whatever they contain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gluedsl.model import Workflow
from gluedsl.runs import RunSnapshot, Statistics
from gluedsl.view.run_list import document, render

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUN = RunSnapshot(
    workflow=Workflow(name="sales"),
    run_id="wr_1",
    status="COMPLETED",
    nodes=(),
    triggers=(),
    statistics=Statistics(total_actions=4, succeeded_actions=1, failed_actions=1, timeout_actions=1, stopped_actions=1),
    started_on=NOON,
    completed_on=NOON + timedelta(minutes=2, seconds=5),
)


def drawn(*runs: RunSnapshot, ascii_only: bool = False) -> list[str]:
    """Return the lines of a table."""
    table = render(runs, shortened=lambda run_id: run_id, now=NOON + timedelta(hours=1), ascii_only=ascii_only)
    return table.plain.splitlines()


def test_a_run_is_a_line() -> None:
    """Columns stand below their heads; counters that are zero are left out."""
    actions = "1 of 4 actions succeeded, 1 failed, 1 timed out, 1 stopped"

    assert drawn(RUN) == [
        "Run   Status     Outcome    Started (UTC)        Took      Actions",
        f"wr_1  COMPLETED  SUCCEEDED  2026-03-01 12:00:00  2 m 05 s  {actions}",
    ]


def test_one_that_goes_on_has_no_outcome() -> None:
    """It has taken what it took so far."""
    going_on = replace(RUN, status="RUNNING", completed_on=None, statistics=Statistics(total_actions=1))

    assert drawn(going_on)[1] == "wr_1  RUNNING           2026-03-01 12:00:00  1 h 00 m  0 of 1 action succeeded"


def test_an_error_stands_for_the_actions() -> None:
    """A run that could not start says why; what would move the cursor is made visible."""
    refused = replace(RUN, status="ERROR", error="Concurrent\x1b[2J runs", started_on=None, completed_on=None)

    assert drawn(refused)[1].split("  ")[-1] == "Concurrent\\x1b[2J runs"
    assert drawn(replace(refused, error="über"), ascii_only=True)[1].endswith("\\xfcber")


def test_for_programs() -> None:
    """Times are ISO 8601 in UTC, and null stands for what is not known."""
    described = document("sales", [replace(RUN, status="RUNNING", completed_on=None)])

    assert described["runs"][0] | {"statistics": None} == {
        "run_id": "wr_1",
        "status": "RUNNING",
        "outcome": None,
        "error": None,
        "previous_run_id": None,
        "started_on": "2026-03-01T12:00:00.000Z",
        "completed_on": None,
        "statistics": None,
    }
