"""Which jobs of a workflow can run at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce
from graphlib import CycleError, TopologicalSorter
from operator import and_, or_
from typing import TYPE_CHECKING

from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import started_nodes, watched_nodes
from gluedsl.rules.graph.blockage import can_fire
from gluedsl.rules.graph.exclusion import Necessity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow


@dataclass(frozen=True, slots=True)
class Overlap:
    """Pairs of nodes that one run can have under way at once.

    One that must have ended before the other starts never overlaps with it, nor does one that excludes the other.
    Where a trigger waits for any of several, none of them must have ended.
    """

    necessity: Necessity
    ended: Mapping[int, int]
    """By position of a trigger: those of the nodes in question that must have ended before it fires, as bits."""
    bits: Mapping[Node, int]
    starts: Mapping[Node, tuple[int, ...]]
    """Positions of the triggers that can start a node."""

    @staticmethod
    def of(workflow: Workflow, nodes: Collection[Node]) -> Overlap:
        """Work it out for some nodes of a workflow."""
        possible = startable(workflow)
        firing = {
            index: trigger
            for index, trigger in enumerate(workflow.triggers)
            if can_fire(trigger, possible) and (trigger.is_start or trigger.enabled)
        }
        starts: dict[Node, tuple[int, ...]] = {}
        for index, trigger in firing.items():
            for node in started_nodes(trigger):
                starts[node] = (*starts.get(node, ()), index)
        bits = {node: 1 << position for position, node in enumerate(sorted(nodes))}
        return Overlap(Necessity.of(firing, possible), _ended(firing, starts, possible, bits), bits, starts)

    def holds(self, first: Node, second: Node) -> bool:
        """Whether some run can have both under way at once."""
        bit, other_bit = self.bits.get(first, 0), self.bits.get(second, 0)
        return first != second and any(
            not self.ended[one] & other_bit and not self.ended[other] & bit and not self.necessity.exclude(one, other)
            for one in self.starts.get(first, ())
            for other in self.starts.get(second, ())
        )


def _ended(
    firing: Mapping[int, Trigger],
    starts: Mapping[Node, tuple[int, ...]],
    possible: Collection[Node],
    bits: Mapping[Node, int],
) -> dict[int, int]:
    """Return, by trigger, which of the nodes that have a bit must have ended before it fires."""
    before_node: dict[Node, int] = {}

    @cache
    def before(index: int) -> int:
        trigger = firing[index]
        if trigger.is_start or trigger.predicate is None:
            return 0
        ways = [before_node.get(n, 0) | bits.get(n, 0) for n in watched_nodes(trigger) if n in possible]
        return reduce(and_ if trigger.predicate.logical == "ANY" else or_, ways) if ways else 0

    for node in _order(firing, starts):
        if node in starts:
            before_node[node] = reduce(and_, map(before, starts[node]))
    return {index: before(index) for index in firing}


def _order(firing: Mapping[int, Trigger], starts: Mapping[Node, tuple[int, ...]]) -> Iterable[Node]:
    """Return nodes so that each comes after those that its triggers watch; none where they go round in a circle."""
    waits = {
        node: {watched for index in indexes for watched in watched_nodes(firing[index])}
        for node, indexes in starts.items()
    }
    try:
        return tuple(TopologicalSorter(waits).static_order())
    except CycleError:
        return ()
