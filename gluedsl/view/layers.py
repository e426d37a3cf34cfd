"""Where each node stands in a drawn graph: layers from top to bottom, and an order within each that crosses few edges.

The usual steps (Sugiyama, Tagawa and Toda, 1981): cut cycles open, put each node below all that leads to it, let long
edges pass through every layer on their way, then sweep down and up, ordering each layer by the mean place of its
neighbours in the last, and keep the best order seen.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from gluedsl.graph.build import neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.graph import Edge, Node, WorkflowGraph

_SWEEPS = 8
_LARGEST = 20_000
"""Places in all layers beyond which the order of declaration has to do: nobody looks at such a drawing whole."""

_Place = int
"""A node, or a place where a long edge passes through a layer."""


def layered(graph: WorkflowGraph) -> tuple[tuple[Node, ...], ...]:
    """Return each node once, by layer; edges lead down, but for those that close a cycle."""
    closing = _closing(graph)
    down = [edge for edge in graph.edges if edge not in closing]
    depth = _depths(graph, down)
    places = {node: place for place, node in enumerate(graph.nodes)}
    layers: list[list[_Place]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, place in places.items():
        layers[depth[node]].append(place)
    if len(places) + sum(depth[e.destination] - depth[e.source] - 1 for e in down) <= _LARGEST:
        layers = _untangled(layers, list(_segments(layers, down, places, depth)))
    return tuple(tuple(graph.nodes[place] for place in layer if place < len(places)) for layer in layers)


def _closing(graph: WorkflowGraph) -> frozenset[Edge]:
    """Return the edges that lead back into the way on which a walk from the top came to them."""
    following = neighbours((edge.source, edge.destination) for edge in graph.edges)
    entered = {edge.destination for edge in graph.edges}
    seen: set[Node] = set()
    closing = set()
    for top in sorted(graph.nodes, key=lambda node: node in entered):
        if top in seen:
            continue
        seen.add(top)
        way = {top: iter(following.get(top, ()))}
        while way:
            node, onward = next(reversed(way.items()))
            found = next(onward, None)
            if found is None:
                del way[node]
            elif found in way:
                closing.add((node, found))
            elif found not in seen:
                seen.add(found)
                way[found] = iter(following.get(found, ()))
    return frozenset(edge for edge in graph.edges if edge in closing)


def _depths(graph: WorkflowGraph, down: list[Edge]) -> dict[Node, int]:
    """Return the length of the longest way to each node."""
    following = neighbours((edge.source, edge.destination) for edge in down)
    missing: dict[Node, int] = defaultdict(int)
    for edge in down:
        missing[edge.destination] += 1
    depth = dict.fromkeys(graph.nodes, 0)
    ready = [node for node in graph.nodes if not missing[node]]
    while ready:
        node = ready.pop()
        for found in following.get(node, ()):
            depth[found] = max(depth[found], depth[node] + 1)
            missing[found] -= 1
            if not missing[found]:
                ready.append(found)
    return depth


def _segments(
    layers: list[list[_Place]], down: list[Edge], places: Mapping[Node, _Place], depth: Mapping[Node, int]
) -> Iterator[tuple[_Place, _Place]]:
    """Yield the edges as steps of one layer, and add to each layer the places where a long one passes through."""
    fresh = len(places)
    for edge in down:
        at = places[edge.source]
        for layer in range(depth[edge.source] + 1, depth[edge.destination]):
            layers[layer].append(fresh)
            yield at, fresh
            at, fresh = fresh, fresh + 1
        yield at, places[edge.destination]


def _untangled(layers: list[list[_Place]], segments: list[tuple[_Place, _Place]]) -> list[list[_Place]]:
    above = neighbours((low, high) for high, low in segments)
    below = neighbours(segments)
    best, fewest = layers, _crossings(layers, below)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        downward = sweep % 2 == 0
        layers = _swept(layers if downward else layers[::-1], above if downward else below)
        layers = layers if downward else layers[::-1]
        crossings = _crossings(layers, below)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _swept(layers: list[list[_Place]], behind: Mapping[_Place, list[_Place]]) -> list[list[_Place]]:
    """Order each layer but the first by the mean place of what each member is tied to in the layer before."""
    swept = layers[:1]
    for layer in layers[1:]:
        at = {place: index for index, place in enumerate(swept[-1])}
        mean = {}
        for index, place in enumerate(layer):
            tied = [at[other] for other in behind.get(place, ())]
            mean[place] = sum(tied) / len(tied) if tied else index
        swept.append(sorted(layer, key=mean.__getitem__))
    return swept


def _crossings(layers: list[list[_Place]], below: Mapping[_Place, list[_Place]]) -> int:
    """Count the pairs of segments that cross."""
    total = 0
    for upper, lower in pairwise(layers):
        at = {place: index for index, place in enumerate(lower)}
        ends: list[int] = []
        for place in upper:
            reached = sorted(at[other] for other in below.get(place, ()))
            total += sum(len(ends) - bisect_right(ends, end) for end in reached)
            for end in reached:
                insort(ends, end)
    return total
