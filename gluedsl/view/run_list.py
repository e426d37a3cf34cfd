"""Runs of a workflow, one a line.

Comes in: snapshots, in the order in which they are to stand. Goes out: one `Text`, or a document for programs, which
holds of each run what needs no graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from gluedsl.diagnostics.render.visible import cells, visible
from gluedsl.spelling import statistics_to_api
from gluedsl.view.json import VERSION, time_text
from gluedsl.view.text import OUTCOME_STYLES
from gluedsl.view.words import counted, duration, elapsed, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from gluedsl.runs import RunSnapshot, Statistics

_HEADS = ("Run", "Status", "Outcome", "Started (UTC)", "Took", "Actions")
_OUTCOME = _HEADS.index("Outcome")


def render(
    runs: Sequence[RunSnapshot], *, shortened: Callable[[str], str], now: datetime, ascii_only: bool = False
) -> Text:
    """Draw a table; `shortened` makes an id short enough to be read."""
    rows = [_HEADS, *(_row(run, shortened, now) for run in runs)]
    shown = [[visible(cell, ascii_only=ascii_only) for cell in row] for row in rows]
    widths = [max(cells(row[column]) for row in shown) for column in range(len(_HEADS))]
    lines = []
    for number, row in enumerate(shown):
        line = Text()
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            style = OUTCOME_STYLES.get(cell, "") if column == _OUTCOME else ""
            line.append(cell + " " * (width - cells(cell)), "dim" if number == 0 else style).append("  ")
        line.rstrip()
        lines.append(line)
    return Text("\n").join([*lines, Text()])


def document(workflow: str, runs: Sequence[RunSnapshot]) -> dict[str, Any]:
    """Describe runs for programs."""
    return {"version": VERSION, "workflow": workflow, "runs": [_described(run) for run in runs]}


def _described(run: RunSnapshot) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "status": run.status,
        "outcome": run.outcome if run.has_ended else None,
        "error": run.error,
        "previous_run_id": run.previous_run_id,
        "started_on": time_text(run.started_on),
        "completed_on": time_text(run.completed_on),
        "statistics": statistics_to_api(run.statistics),
    }


def _row(run: RunSnapshot, shortened: Callable[[str], str], now: datetime) -> tuple[str, ...]:
    took = elapsed(run.started_on, run.completed_on if run.has_ended else now)
    return (
        shortened(run.run_id),
        run.status,
        run.outcome if run.has_ended else "",
        f"{utc(run.started_on):%Y-%m-%d %H:%M:%S}" if run.started_on is not None else "",
        duration(took) if took is not None else "",
        run.error or _actions(run.statistics),
    )


def _actions(statistics: Statistics) -> str:
    parts = [f"{statistics.succeeded_actions} of {counted(statistics.total_actions, 'action')} succeeded"]
    others = {
        "failed": statistics.failed_actions,
        "timed out": statistics.timeout_actions,
        "stopped": statistics.stopped_actions,
        "errored": statistics.errored_actions,
        "running": statistics.running_actions,
        "waiting": statistics.waiting_actions,
    }
    return ", ".join(parts + [f"{count} {what}" for what, count in others.items() if count])
