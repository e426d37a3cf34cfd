"""Which stacks are surely deployed together, to one account and region.

Comes in: stacks, and what is known of where they go. Goes out: groups. Two stacks belong together if both go to one
known place, if one makes the other, if one imports what the other exports, or if one has a trigger for a workflow that
none but the other defines. Of all others nothing is known: a stage for tests and one for production define the same
names, in different accounts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.spelling import tables
from gluedsl.templates.functions import call_of
from gluedsl.templates.members import member
from gluedsl.templates.node import Mapping, Scalar, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence as SequenceOf

    from gluedsl.templates.node import Node
    from gluedsl.templates.stack import Stack

_WORKFLOW, _TRIGGER = "AWS::Glue::Workflow", "AWS::Glue::Trigger"
_NAME, _WORKFLOW_NAME = member(tables.WORKFLOW, "name"), member(tables.PLACEMENT, "workflow_name")


def linked(stacks: SequenceOf[Stack], environments: MappingOf[Stack, str]) -> tuple[tuple[Stack, ...], ...]:
    """Return the stacks in groups, each in the order of the whole."""
    groups = _Groups({stack: stack for stack in stacks})
    places: dict[str, Stack] = {}
    for stack, environment in environments.items():
        groups.join(stack, places.setdefault(environment, stack))
    exporters = {name: stack for stack in stacks for name in _exports(stack)}
    definers: dict[str, list[Stack]] = {}
    for stack in stacks:
        for name in _texts(stack, _WORKFLOW, _NAME):
            definers.setdefault(name, []).append(stack)
    for stack in stacks:
        if stack.parent is not None:
            groups.join(stack, stack.parent)
        for name in _imports(stack):
            if name in exporters:
                groups.join(stack, exporters[name])
        for name in _texts(stack, _TRIGGER, _WORKFLOW_NAME):
            # Different places, where both are known, tell two workflows of one name apart.
            if len(definers.get(name, ())) == 1 and not {stack, definers[name][0]} <= environments.keys():
                groups.join(stack, definers[name][0])
    return groups.all(stacks)


@dataclass(slots=True)
class _Groups:
    """Disjoint sets: each stack leads to another of its group, and in the end to one that leads to itself."""

    leads_to: dict[Stack, Stack] = field(default_factory=dict)

    def of(self, stack: Stack) -> Stack:
        while self.leads_to[stack] is not stack:
            stack = self.leads_to[stack]
        return stack

    def join(self, first: Stack, second: Stack) -> None:
        self.leads_to[self.of(first)] = self.of(second)

    def all(self, stacks: SequenceOf[Stack]) -> tuple[tuple[Stack, ...], ...]:
        groups: dict[Stack, list[Stack]] = {}
        for stack in stacks:
            groups.setdefault(self.of(stack), []).append(stack)
        return tuple(map(tuple, groups.values()))


def _exports(stack: Stack) -> Iterator[str]:
    for output in stack.outputs.values():
        export = output.get("Export")
        name = export.get("Name") if isinstance(export, Mapping) else None
        if isinstance(name, Scalar):
            yield name.text


def _imports(stack: Stack) -> Iterator[str]:
    waiting: list[Node] = [resource.body for resource in stack.resources.values()]
    while waiting:
        one = waiting.pop()
        match call_of(one):
            case ("Fn::ImportValue", Scalar(text=name)):
                yield name
            case _:
                pass
        waiting += inside(one)


def _texts(stack: Stack, type_: str, member: str) -> Iterator[str]:
    for resource in stack.resources.values():
        if resource.type == type_ and isinstance(node := resource.properties.get(member), Scalar):
            yield node.text
