"""What the parts of a template refer to.

Comes in: a piece of a template as JSON has it. Goes out: the names in its `Ref`, `Fn::GetAtt` and `Fn::Sub`, looking
only at that side of an `Fn::If` which holds. It resolves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from gluedsl.local.cloudformation.failure import refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLE = re.compile(r"\$\{([^!{}][^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a resource, parameter or pseudo parameter."""

    name: str
    attribute: str | None = None
    """Of `Fn::GetAtt`."""


def references(value: Any, conditions: Mapping[str, Any]) -> Iterator[Reference]:
    """Yield what a piece of a template refers to."""
    match value:
        case {"Ref": str() as name}:
            yield Reference(name)
        case {"Fn::GetAtt": [str() as name, str() as attribute]}:
            yield Reference(name, attribute)
        case {"Fn::GetAtt": str() as text}:
            yield _attribute(text)
        case {"Fn::Sub": [str() as text, dict() as given]}:
            yield from (each for each in _variables(text) if each.name not in given)
            yield from references(given, conditions)
        case {"Fn::Sub": str() as text}:
            yield from _variables(text)
        case {"Fn::If": [str() as condition, positive, negative]}:
            yield from references(positive if conditions.get(condition) else negative, conditions)
        case dict():
            for inner in value.values():
                yield from references(inner, conditions)
        case list():
            for inner in value:
                yield from references(inner, conditions)
        case _:
            return


def _variables(text: str) -> Iterator[Reference]:
    for found in _VARIABLE.findall(text):
        yield _attribute(found.strip())


def _attribute(text: str) -> Reference:
    name, _, attribute = text.partition(".")
    return Reference(name, attribute or None)


def dependencies(body: Mapping[str, Any], conditions: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that a resource needs, as its properties and its `DependsOn` say."""
    named = body.get("DependsOn", ())
    listed = {named} if isinstance(named, str) else set(named)
    return frozenset(listed | {each.name for each in references(body.get("Properties", {}), conditions)})


def in_order(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return names so that each comes after what it needs, otherwise in the order given."""
    sorter = TopologicalSorter({name: sorted(needed & needs.keys()) for name, needed in needs.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        # https://github.com/aws/serverless-application-model/issues/1044
        message = f"Circular dependency between resources: [{', '.join(sorted(set(error.args[1])))}]"
        raise refused(message) from None
    place = {name: index for index, name in enumerate(needs)}
    ordered: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=place.__getitem__)
        ordered += ready
        sorter.done(*ready)
    return tuple(ordered)
