"""Seconds, ratios and tables.

A time by itself says more of the machine than of the code. So each measurement has a floor: the least that the same
result could cost, measured in turns with it, in the same process or with the same kind of process.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How long something takes at best, beside its floor."""

    name: str
    seconds: float
    floor: float
    units: int = 1
    """Of what it was done to: nodes, events, requests."""

    @property
    def ratio(self) -> float:
        """How many times its floor it takes."""
        return self.seconds / self.floor


def measured(
    name: str, subject: Callable[[], object], floor: Callable[[], object], *, units: int = 1, rounds: int = 3
) -> Measured:
    """Let subject and floor take turns, and keep the best of each: what else the machine does only ever adds."""
    subject_times, floor_times = [], []
    for _ in range(rounds):
        subject_times.append(seconds(subject))
        floor_times.append(seconds(floor))
    return Measured(name=name, seconds=min(subject_times), floor=min(floor_times), units=units)


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes, with no garbage of others to collect."""
    gc.collect()
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


def table(title: str, floor: str, unit: str, rows: Sequence[Measured]) -> str:
    """Return rows as a table for a terminal; `unit` is what their units are, in the plural; empty: none."""
    head = ["", "best", f"floor: {floor}", "ratio", *([f"µs per {unit[:-1]}", f"{unit}/s"] if unit else [])]
    cells = [head, *(_cells(row, has_units=bool(unit)) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(pairs))
        for pairs in (zip(row, widths, strict=True) for row in cells)
    ]
    return "\n".join([title, "=" * len(title), *(line.rstrip() for line in lines)]) + "\n"


def _cells(row: Measured, *, has_units: bool) -> list[str]:
    cells = [row.name, f"{row.seconds * 1000:,.1f} ms", f"{row.floor * 1000:,.1f} ms", f"{row.ratio:,.2f}"]
    if has_units:
        cells += [f"{row.seconds / row.units * 1e6:,.0f}", f"{row.units / row.seconds:,.0f}"]
    return cells
