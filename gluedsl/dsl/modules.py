"""What a flow module declares at its top level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.dsl.nodes import Action, FunctionJob
from gluedsl.dsl.outcomes import Node
from gluedsl.dsl.workflow import Trigger, Workflow

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


def function_jobs(namespace: Mapping[str, Any]) -> Iterator[FunctionJob[Any]]:
    """Yield the function jobs that a module's names hold, and those of its workflows."""
    for value in declared(namespace):
        if isinstance(value, FunctionJob):
            yield value
        for placement in value.placements if isinstance(value, Workflow) else ():
            added = placement.added
            for started in added.start if isinstance(added, Trigger) else (added,):
                node = started.node if isinstance(started, Action) else started
                if isinstance(node, FunctionJob):
                    yield node


def function_job(namespace: Mapping[str, Any], name: str) -> FunctionJob[Any]:
    """Return the function job of this name; LookupError if the module has none."""
    for job in function_jobs(namespace):
        if job.name == name:
            return job
    message = f"this module has no function job `{name}`"
    raise LookupError(message)
