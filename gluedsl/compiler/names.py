"""Names of what the project makes by itself: triggers, roles, rules.

A trigger's name follows from what the trigger waits for, so that adding, moving or renaming anything else leaves it
alone.
"""

from __future__ import annotations

import hashlib
import re
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


def made_for(text: str, refused: str, *, longest: int, is_told_apart: bool = False) -> str:
    """Return the name of something made for a workflow; a digest stands for what a name cannot hold.

    Args:
        text: what tells it from all others of its kind.
        refused: what its names cannot have, as a regular expression.
        longest: characters that its names can have.
        is_told_apart: whether the digest is there in any case.
    """
    wanted = f"gluedsl-{text}"
    name = re.sub(refused, "-", wanted, flags=re.ASCII)
    if is_told_apart or name != wanted or len(name) > longest:
        digest = _digest(text)
        return f"{name[: longest - len(digest) - 1]}-{digest}"
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
