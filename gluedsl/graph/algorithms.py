"""What follows from the graph of a workflow alone. Pure; linear in nodes and edges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from operator import or_
from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node, started_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gluedsl.graph.build import Node, WorkflowGraph
    from gluedsl.model import Condition, Trigger, Workflow


def startable(workflow: Workflow) -> frozenset[Node]:
    """Return the jobs and crawlers that some run can start, whatever outcomes it takes.

    A least fixpoint: a trigger that waits for all its conditions needs every watched node to be startable,
    one that waits for any needs one of them.
    """
    return _fixpoint(workflow, lambda _: True)


def started_when_all_succeed(workflow: Workflow) -> frozenset[Node]:
    """Return the jobs and crawlers that start when every action of the run ends in SUCCEEDED."""
    return _fixpoint(workflow, lambda c: (c.state or c.crawl_state) == "SUCCEEDED")


def _fixpoint(workflow: Workflow, can_hold: Callable[[Condition], bool]) -> frozenset[Node]:
    missing: dict[str, int] = {}
    """By trigger: the number of conditions that have yet to hold."""
    watchers: dict[Node, list[Trigger]] = defaultdict(list)
    ready = [trigger for trigger in workflow.triggers if trigger.is_start]
    for trigger in workflow.triggers:
        if trigger.is_start or not trigger.enabled or trigger.predicate is None:
            continue
        conditions = trigger.predicate.conditions
        missing[trigger.name] = 1 if trigger.predicate.logical == "ANY" else len(conditions)
        for condition in conditions:
            if (node := condition_node(condition)) is not None and can_hold(condition):
                watchers[node].append(trigger)
    started: set[Node] = set()
    while ready:
        for node in set(started_nodes(ready.pop())) - started:
            started.add(node)
            for trigger in watchers[node]:
                missing[trigger.name] -= 1
                if missing[trigger.name] == 0:
                    ready.append(trigger)
    return frozenset(started)


def cycles(graph: WorkflowGraph) -> tuple[tuple[Node, ...], ...]:
    """Return ways round that lead back to where they began, no two of them through one node.

    Each follows the edges, begins at its first trigger in the order of the workflow,
    and does not repeat it at the end.
    """
    order = {node: index for index, node in enumerate(graph.nodes)}
    preceding = {node: graph.preceding.get(node, []) for node in graph.nodes}
    found = []
    while True:
        try:
            TopologicalSorter(preceding).prepare()
        except CycleError as error:
            way: list[Node] = error.args[1][:-1]
            first = way.index(min((n for n in way if n.type == "TRIGGER"), key=order.__getitem__))
            found.append((*way[first:], *way[:first]))
            gone = set(way)
            preceding = {n: [p for p in others if p not in gone] for n, others in preceding.items() if n not in gone}
        else:
            return tuple(sorted(found, key=lambda way: order[way[0]]))


def loops(graph: WorkflowGraph) -> dict[Node, int]:
    """Return the nodes that lead back to themselves; those with the same number lead to each other."""
    return {node: number for number, part in enumerate(_parts(graph)) if len(part) > 1 for node in part}


@dataclass(frozen=True, slots=True)
class Upstream:
    """Of each node, everything that it may have to wait for, directly or not; a set of nodes is a number of bits."""

    bits: Mapping[Node, int]
    """One bit for each node."""
    by_node: Mapping[Node, int]

    @staticmethod
    def of(graph: WorkflowGraph) -> Upstream:
        """Work it out for all nodes at once."""
        bits = {node: 1 << index for index, node in enumerate(graph.nodes)}
        by_node: dict[Node, int] = {}
        for part in _parts(graph):
            before = 0
            for node in part:
                for other in graph.preceding.get(node, ()):
                    before |= bits[other] | by_node.get(other, 0)
            by_node |= dict.fromkeys(part, before)
        return Upstream(bits, by_node)

    def set_of(self, nodes: Iterable[Node]) -> int:
        """Return some nodes as bits."""
        return reduce(or_, (self.bits[node] for node in nodes), 0)


def _parts(graph: WorkflowGraph) -> Iterator[list[Node]]:
    """Yield each node with those that it leads to and that lead to it; parts come after what leads to them."""
    met: set[Node] = set()
    # Whatever leads to the node that a search left last is, if it was not met yet, led to by it as well.
    for root in reversed(_in_order_of_leaving(graph)):
        if root in met:
            continue
        met.add(root)
        part = [root]
        for node in part:
            for other in graph.preceding.get(node, ()):
                if other not in met:
                    met.add(other)
                    part.append(other)
        yield part


def _in_order_of_leaving(graph: WorkflowGraph) -> list[Node]:
    """Return nodes in the order in which a search that goes deep first is done with them."""
    met: set[Node] = set()
    left: list[Node] = []
    for root in graph.nodes:
        waiting = [(root, False)]
        while waiting:
            node, is_done = waiting.pop()
            if is_done:
                left.append(node)
            elif node not in met:
                met.add(node)
                waiting.append((node, True))
                waiting += [(other, False) for other in graph.following.get(node, ()) if other not in met]
    return left


def downstream(graph: WorkflowGraph, node: Node) -> frozenset[Node]:
    """Return everything that `node` leads to, directly or not."""
    reached: set[Node] = set()
    waiting = [node]
    while waiting:
        for other in graph.following.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached)
