"""What follows from the graph of a workflow alone. Pure; linear in nodes and edges."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node, started_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def upstream(graph: WorkflowGraph, node: Node) -> frozenset[Node]:
    """Return everything that `node` may have to wait for, directly or not."""
    return _reach(node, graph.preceding)


def downstream(graph: WorkflowGraph, node: Node) -> frozenset[Node]:
    """Return everything that `node` leads to, directly or not."""
    return _reach(node, graph.following)


def _reach(start: Node, following: Mapping[Node, list[Node]]) -> frozenset[Node]:
    reached: set[Node] = set()
    waiting = [start]
    while waiting:
        for node in following.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return frozenset(reached)
