"""A run while it goes on: a picture that changes, or a line for each change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from gluedsl.graph import Node
from gluedsl.model import Workflow
from gluedsl.view.live import LogLines, changes, follow
from tests.support.scenes import CUSTOMERS, FAILED, ORDERS, SALES, START, action_run, job, snapshot, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.runs import RunSnapshot

GO = "nightly-sales-start"
STARTED = snapshot(
    SALES,
    {
        Node("JOB", ORDERS): [action_run("STARTING", 0, trigger=GO)],
        Node("JOB", CUSTOMERS): [action_run("RUNNING", 0.5, trigger=GO)],
    },
    status="RUNNING",
    took=None,
    fired={GO: 0},
)
RETRYING = snapshot(
    SALES,
    {
        Node("JOB", ORDERS): [action_run("SUCCEEDED", 0, 1.2, trigger=GO)],
        Node("JOB", CUSTOMERS): [
            action_run("FAILED", 0.5, 1.3, trigger=GO, error="boom\nat line 3"),
            action_run("RUNNING", 2, trigger=GO, attempt=1),
        ],
    },
    status="RUNNING",
    took=None,
    fired={GO: 0},
)


def _now() -> datetime:
    return START + timedelta(seconds=5)


def _events() -> Iterator[RunSnapshot | LogLines]:
    yield LogLines(node=Node("JOB", ORDERS), texts=("early",))
    yield STARTED
    yield STARTED
    yield LogLines(node=Node("JOB", ORDERS), texts=("42 rows\x1b[2J\r\n", "[b]é[/b]"))
    yield RETRYING
    yield FAILED


def _console(*, width: int = 80, height: int = 40, is_terminal: bool = False) -> tuple[Console, StringIO]:
    printed = StringIO()
    console = Console(
        file=printed,
        width=width,
        height=height,
        force_terminal=is_terminal,
        color_system=None,
        legacy_windows=False,
        _environ={"TERM": "xterm"},
    )
    return console, printed


def test_without_a_terminal_each_change_is_a_line() -> None:
    """A log of a build gets one line for each change of state, with log lines in between, and nothing twice."""
    console, printed = _console()

    last = follow(_events(), console, now=_now)

    expected = """\
nightly-sales-load-orders | early
02:00:00 run wr_0c5f9e RUNNING
02:00:00 the trigger of `load-orders` and `load-customers` fired
02:00:00 job load-orders STARTING
02:00:00 job load-customers RUNNING
load-orders | 42 rows\\x1b[2J
load-orders | [b]é[/b]
02:00:01 job load-orders SUCCEEDED in 1.2 s
02:00:01 job load-customers FAILED in 0.8 s: boom
02:00:02 job load-customers RUNNING, attempt 2
02:00:11 job load-customers FAILED in 1.0 s, attempt 2
02:01:10 job load-customers FAILED in 40.5 s, attempt 3: ValueError: no column `customer_id` in \
s3://lake/raw/customers.csv (columns: id, name, city)
02:01:11 trigger `trouble` fired
02:01:14 job page-on-call SUCCEEDED in 3.0 s
02:01:14 run wr_0c5f9e COMPLETED
"""
    assert printed.getvalue() == expected
    assert last is FAILED


def test_nothing_happens() -> None:
    """Without a snapshot there is none to give back, on a terminal or off."""
    for is_terminal in (False, True):
        console, _ = _console(is_terminal=is_terminal)

        assert follow(iter(()), console, now=_now) is None


def test_what_happens_at_one_moment_is_told_in_order() -> None:
    """An end comes before the trigger that waited for it, the trigger before what it starts, unknown times last."""
    workflow = Workflow(name="w", triggers=(start("go", job("b"), job("a"), job("c")), start("t", job("d"))))
    before = snapshot(workflow, {Node("JOB", "a"): [action_run("RUNNING", 0)]}, status="RUNNING")
    after = snapshot(
        workflow,
        {
            Node("JOB", "a"): [action_run("SUCCEEDED", 0, 5)],
            Node("JOB", "b"): [action_run("RUNNING", 5)],
            Node("JOB", "c"): [replace(action_run("WAITING", 0), started_on=None)],
        },
        status="RUNNING",
        fired={"t": 5},
    )

    assert [line.plain for line in changes(before, after)] == [
        "02:00:05 job a SUCCEEDED in 5.0 s",
        "02:00:05 trigger `t` fired",
        "02:00:05 job b RUNNING",
        "--:--:-- job c WAITING",
    ]


def test_changes_are_data() -> None:
    """Names and errors cannot command a terminal, with Unicode or without."""
    workflow = Workflow(name="w", triggers=(start("go", job("é\x1b[2J")),))
    run = snapshot(workflow, {Node("JOB", "é\x1b[2J"): [action_run("FAILED", 0, 1, error="\x07")]}, took=None)

    assert [line.plain for line in changes(None, run)] == [
        "02:00:01 job é\\x1b[2J FAILED in 1.0 s: \\x07",
        "--:--:-- run wr_0c5f9e COMPLETED",
    ]
    assert changes(None, run, ascii_only=True)[0].plain == "02:00:01 job \\xe9\\x1b[2J FAILED in 1.0 s: \\x07"


def test_a_terminal_shows_a_picture() -> None:
    """On a terminal the picture of each moment replaces the last, log lines stay, and in the end the place is free."""
    console, printed = _console(is_terminal=True)

    last = follow(_events(), console, now=_now)

    shown = printed.getvalue()
    assert "│ ● job load-orders        STARTING  5.0 s\n" in shown
    assert "load-orders | 42 rows\\x1b[2J\nload-orders | [b]é[/b]\n" in shown
    assert "02:00:01 job" not in shown
    assert shown.endswith("\x1b[2K")
    assert last is FAILED


def test_a_low_terminal_shows_what_goes_on() -> None:
    """Where the terminal is too low for the whole tree, it shows what goes on or went wrong, as far as it can."""
    console, printed = _console(height=8, is_terminal=True)

    follow(iter([RETRYING]), console, now=_now)

    expected = """\
nightly-sales  run wr_0c5f9e
RUNNING: 1 of 5 actions succeeded, 1 under way
started 2025-01-31 02:00:00 UTC, for 5.0 s

▶ every day at 02:00 UTC  fired 02:00:00  cron(0 2 * * ? *)
  ● job load-customers  RUNNING  4.5 s  attempt 2
and 3 more lines"""
    assert expected in printed.getvalue()
