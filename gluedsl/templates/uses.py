"""Which resources of a template something else than a trigger speaks of.

A job that a state machine starts, or whose name is put out for others to start it, is no job that nothing starts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.templates.functions import call_of
from gluedsl.templates.node import Scalar, Sequence, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.templates.node import Node
    from gluedsl.templates.stack import Stack

TRIGGER = "AWS::Glue::Trigger"
_PLACEHOLDER = re.compile(r"\$\{\s*([A-Za-z0-9]+)")


def uses(stack: Stack) -> frozenset[str]:
    """Return the logical ids that outputs, and resources other than triggers, refer to."""
    bodies = (resource.properties for resource in stack.resources.values() if resource.type != TRIGGER)
    return frozenset(name for node in (*bodies, *stack.outputs.values()) for name in references(node))


def references(node: Node) -> Iterator[str]:
    """Yield each name that `Ref`, `Fn::GetAtt` and `Fn::Sub` in a tree refer to."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        call = call_of(one)
        match call:
            case ("Ref", Scalar(text=name)):
                yield name
            case ("Fn::GetAtt", Sequence(items=[Scalar(text=name), *_])):
                yield name
            case ("Fn::GetAtt", Scalar(text=text)):
                yield text.partition(".")[0]
            case ("Fn::Sub", Scalar(text=text)):
                yield from _PLACEHOLDER.findall(text)
            case ("Fn::Sub", Sequence(items=[Scalar(text=text), *_])):
                yield from _PLACEHOLDER.findall(text)
            case _:
                pass
        waiting += inside(one)


def written(node: Node) -> Iterator[str]:
    """Yield every text in a tree that is not the name of another resource."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        call = call_of(one)
        if call is not None and call[0] in {"Ref", "Fn::GetAtt"}:
            continue
        if isinstance(one, Scalar) and isinstance(one.value, str):
            yield one.value
        waiting += inside(one)
