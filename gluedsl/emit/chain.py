"""The order in which the triggers of a workflow are made, in every format that says one.

Comes in: a workflow. Goes out: its triggers, the start trigger last. Glue refuses triggers of one workflow that are
made at once, and a start trigger that is there before the others can start a run on half a graph.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.model import Trigger, Workflow


def in_order(workflow: Workflow) -> list[Trigger]:
    """Return the triggers of a workflow in the order in which they are to be made."""
    return sorted(workflow.triggers, key=lambda each: each.is_start)


def chained(workflow: Workflow) -> Iterator[tuple[Trigger | None, Trigger]]:
    """Yield each trigger after the one that has to be there before it; None: none has."""
    return pairwise((None, *in_order(workflow)))  # type: ignore[arg-type]  # None is the first alone
