"""What a flow module declares at its top level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.dsl.nodes import FunctionJob
from gluedsl.dsl.outcomes import Node
from gluedsl.dsl.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def declared(namespace: Mapping[str, Any]) -> Iterator[Workflow[Any] | Node]:
    """Yield the workflows and nodes that a module's names hold, also in lists, tuples and dicts; each once."""
    seen: set[int] = set()
    for name, value in namespace.items():
        if not name.startswith("__"):
            yield from _held(value, seen)


def _held(value: Any, seen: set[int]) -> Iterator[Workflow[Any] | Node]:
    if not isinstance(value, (Workflow, Node, list, tuple, dict)) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, (Workflow, Node)):
        yield value
        return
    for held in value.values() if isinstance(value, dict) else value:
        yield from _held(held, seen)


def workflows(namespace: Mapping[str, Any]) -> list[Workflow[Any]]:
    """Return the workflows of a module."""
    return [value for value in declared(namespace) if isinstance(value, Workflow)]


def function_job(namespace: Mapping[str, Any], name: str) -> FunctionJob[Any]:
    """Return the function job of this name; LookupError if no workflow of the module has it."""
    for value in declared(namespace):
        for placement in value.placements if isinstance(value, Workflow) else ():
            if isinstance(placement.added, FunctionJob) and placement.added.name == name:
                return placement.added
    message = f"no workflow of this module has a function job `{name}`"
    raise LookupError(message)
