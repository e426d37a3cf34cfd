"""Which jobs of a workflow can run at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
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
    ended: Mapping[int, frozenset[Node]]
    """By position of a trigger: those of the nodes in question that must have ended before it fires."""
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
        return Overlap(Necessity.of(firing, possible), _ended(firing, starts, possible, frozenset(nodes)), starts)

    def holds(self, first: Node, second: Node) -> bool:
        """Whether some run can have both under way at once."""
        return first != second and any(
            second not in self.ended[one] and first not in self.ended[other] and not self.necessity.exclude(one, other)
            for one in self.starts.get(first, ())
            for other in self.starts.get(second, ())
        )


def _ended(
    firing: Mapping[int, Trigger],
    starts: Mapping[Node, tuple[int, ...]],
    possible: Collection[Node],
    nodes: frozenset[Node],
) -> dict[int, frozenset[Node]]:
    """Return, by trigger, which of these nodes must have ended before it fires."""
    before_node: dict[Node, frozenset[Node]] = {}

    def before(trigger: Trigger) -> frozenset[Node]:
        if trigger.is_start or trigger.predicate is None:
            return frozenset()
        ways = [before_node.get(n, frozenset()) | ({n} & nodes) for n in watched_nodes(trigger) if n in possible]
        if not ways:
            return frozenset()
        return frozenset.intersection(*ways) if trigger.predicate.logical == "ANY" else frozenset.union(*ways)

    for node in _order(firing, starts):
        if node in starts:
            before_node[node] = frozenset.intersection(*(before(firing[index]) for index in starts[node]))
    return {index: before(trigger) for index, trigger in firing.items()}


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
