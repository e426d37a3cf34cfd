"""What hangs on itself: resources that refer to each other in a circle, and conditions that do.

Comes in: the resources and conditions of a template. Goes out: what CloudFormation refuses of them. It looks only at
what surely counts: not at branches of `Fn::If`, nor at resources that only exist on a condition.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependency-error
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from gluedsl.model.faults import MalformedTemplate
from gluedsl.templates.functions import CONDITION, call_of
from gluedsl.templates.node import Mapping, Node, Scalar, Sequence, inside, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from gluedsl.templates.stack import Resource

DEPENDS_ON = "DependsOn"
_MOST_CIRCLES = 10
"""As many as anybody mends at once; a template of megabytes could have a hundred thousand."""
_PLACEHOLDER = re.compile(r"\$\{\s*([A-Za-z0-9]+)[^}]*\}")
References = dict[str, dict[str, Node]]
"""By name, what it refers to, each with where."""


def resource_circles(resources: MappingOf[str, Resource]) -> Iterator[MalformedTemplate]:
    """Yield each circle of resources, no two of them through one resource."""
    certain = {name: resource for name, resource in resources.items() if resource.condition is None}
    references: References = {name: dict(_depended_on(resource)) for name, resource in certain.items()}
    yield from _circles("resource", references)


def condition_circles(conditions: MappingOf[str, Node]) -> Iterator[MalformedTemplate]:
    """Yield each circle of conditions."""
    yield from _circles("condition", {name: dict(_conditions_in(node)) for name, node in conditions.items()})


def _circles(noun: str, references: References) -> Iterator[MalformedTemplate]:
    edges = {name: [other for other in to if other in references] for name, to in references.items()}
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            # The way that Python returns goes against the edges, and ends where it began.
            way = list(reversed(error.args[1]))[:-1]
            yield _fault(noun, way, references)
            edges = {name: [one for one in to if one not in way] for name, to in edges.items() if name not in way}
        else:
            return


def _fault(noun: str, way: list[str], references: References) -> MalformedTemplate:
    order = {name: index for index, name in enumerate(references)}
    first = way.index(min(way, key=order.__getitem__))
    way = [*way[first:], *way[:first]]
    steps = [(name, other, references[name][other]) for name, other in zip(way, [*way[1:], way[0]], strict=True)]
    if len(way) == 1:
        problem = f"{noun} `{way[0]}` refers to itself"
    else:
        problem = f"{noun}s refer to each other in a circle: {' → '.join([*way, way[0]])}"
    _, _, place = steps[0]
    others = tuple((span_of(node), f"`{name}` refers to `{other}`") for name, other, node in steps[1:])
    return MalformedTemplate(problem=problem, span=span_of(place), related=others)


def _depended_on(resource: Resource) -> Iterator[tuple[str, Node]]:
    named = resource.body.get(DEPENDS_ON)
    for node in named.items if isinstance(named, Sequence) else [named]:
        if isinstance(node, Scalar):
            yield node.text, node
    yield from _references(resource.properties)


def _references(node: Node) -> Iterator[tuple[str, Node]]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        match call_of(one):
            case ("Fn::If", _):
                continue
            case ("Ref", Scalar(text=name)):
                yield name, one
            case ("Fn::GetAtt", Scalar(text=text) | Sequence(items=[Scalar(text=text), *_])):
                yield text.partition(".")[0], one
            case ("Fn::Sub", Scalar(text=text)):
                yield from ((name, one) for name in _PLACEHOLDER.findall(text))
            case ("Fn::Sub", Sequence(items=[Scalar(text=text), Mapping(entries=own)])):
                yield from ((name, one) for name in _PLACEHOLDER.findall(text) if name not in own)
                waiting += (entry.value for entry in own.values())
            case _:
                waiting += inside(one)


def _conditions_in(node: Node) -> Iterator[tuple[str, Node]]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        name = one.get(CONDITION) if isinstance(one, Mapping) else None
        if isinstance(name, Scalar):
            yield name.text, one
        waiting += inside(one)
