"""Names of derived triggers.

A name follows from what the trigger waits for, so that adding, moving or renaming anything else leaves it alone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gluedsl.dsl.nodes import Crawler, Job

if TYPE_CHECKING:
    from gluedsl.compiler.conditions import Wanted
    from gluedsl.dsl.outcomes import Node

_LONGEST = 150
"""Bytes; Glue takes 255. Beyond it a digest stands for what is left out."""


def start_trigger(workflow: str) -> str:
    """Return the name of a derived start trigger."""
    return f"{workflow}-start"


def conditional_trigger(workflow: str, wanted: Wanted, *, prefix: str = "") -> str:
    """Return the name of the trigger that waits for something: `nightly-sales-after-load-orders-and-load-customers`.

    It is made of names as Glue has them: `prefix` is what a stage puts before each that the project makes.
    """
    named = {watch.key: _in_glue(watch.node, prefix) for watch in wanted.watches}
    workflow = f"{prefix}{workflow}"
    parts = sorted(_outcome(workflow, name, state) for (_, _, state), name in named.items())
    joined = ("-and-" if wanted.logical == "AND" else "-or-").join(parts) or "nothing"
    name = f"{workflow}-after-{joined}"
    if len(name.encode()) <= _LONGEST:
        return name
    return f"{name.encode()[:_LONGEST].decode(errors='ignore')}-{_digest(name)}"


def _in_glue(node: Node, prefix: str) -> str:
    return f"{prefix}{node.name}" if isinstance(node, (Job, Crawler)) else node.name or ""


def _outcome(workflow: str, node: str, state: str) -> str:
    short = node.removeprefix(f"{workflow}-")
    return short if state == "SUCCEEDED" else f"{short}-{state.lower()}"


def numbered(name: str, number: int) -> str:
    """Return the name of one part of a trigger that was split; the first keeps the name."""
    return name if number == 1 else f"{name}-{number}"


def told_apart(name: str, wanted: Wanted) -> str:
    """Return another name for a trigger whose name something else of the workflow has already."""
    return f"{name}-{_digest(repr(sorted(wanted.key[1])) + wanted.logical)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
