"""Workflow to graph.

One node for each trigger, job and crawler, however often it is named; an edge from a trigger to what it starts,
and from what a trigger watches to the trigger: the shape of `WorkflowGraph` in Glue's API
(https://docs.aws.amazon.com/glue/latest/dg/workflows_api_concepts.html).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.model import Action, Condition, Trigger, Workflow

T = TypeVar("T")
NodeType = Literal["TRIGGER", "JOB", "CRAWLER"]


class Node(NamedTuple):
    """A trigger, job or crawler of one workflow."""

    type: NodeType
    name: str

    @property
    def id(self) -> str:
        """A text that no other node of the workflow has."""
        return f"{self.type.lower()}:{self.name}"

    def __str__(self) -> str:
        """Return how messages call it."""
        return f"{self.type.lower()} `{self.name}`"


class Edge(NamedTuple):
    """From a trigger to what it starts, or from what is watched to the trigger."""

    source: Node
    destination: Node


def action_node(action: Action) -> Node | None:
    """Return what an action starts; None if it names nothing, or both a job and a crawler."""
    return _node(action.job_name, action.crawler_name)


def condition_node(condition: Condition) -> Node | None:
    """Return what a condition watches; None if it names nothing, or both a job and a crawler."""
    return _node(condition.job_name, condition.crawler_name)


def _node(job_name: str | None, crawler_name: str | None) -> Node | None:
    if job_name and not crawler_name:
        return Node("JOB", job_name)
    if crawler_name and not job_name:
        return Node("CRAWLER", crawler_name)
    return None


@dataclass(frozen=True, kw_only=True)
class WorkflowGraph:
    """Nodes and edges in the order of the triggers, each once."""

    workflow: Workflow
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    prefix: str = ""
    """What a stage has put before every name; people may leave it out."""

    @cached_property
    def following(self) -> Mapping[Node, list[Node]]:
        """Where the edges from each node lead; a node without any is missing."""
        return neighbours((edge.source, edge.destination) for edge in self.edges)

    @cached_property
    def preceding(self) -> Mapping[Node, list[Node]]:
        """Where the edges to each node come from; a node without any is missing."""
        return neighbours((edge.destination, edge.source) for edge in self.edges)

    @staticmethod
    def of(workflow: Workflow, *, prefix: str = "") -> WorkflowGraph:
        """Build the graph of a workflow; an action or condition that names nothing has no part in it."""
        nodes: dict[Node, None] = {}
        edges: dict[Edge, None] = {}
        for trigger in workflow.triggers:
            itself = Node("TRIGGER", trigger.name)
            for watched in watched_nodes(trigger):
                nodes[watched] = None
                edges[Edge(watched, itself)] = None
            nodes[itself] = None
            for started in started_nodes(trigger):
                nodes[started] = None
                edges[Edge(itself, started)] = None
        return WorkflowGraph(workflow=workflow, nodes=tuple(nodes), edges=tuple(edges), prefix=prefix)


def started_nodes(trigger: Trigger) -> tuple[Node, ...]:
    """Return what a trigger starts, in order, each once."""
    return _each_once([node for a in trigger.actions if (node := action_node(a)) is not None])


def watched_nodes(trigger: Trigger) -> tuple[Node, ...]:
    """Return what a trigger watches, in order, each once."""
    if trigger.predicate is None:
        return ()
    return _each_once([node for c in trigger.predicate.conditions if (node := condition_node(c)) is not None])


def _each_once(nodes: list[Node]) -> tuple[Node, ...]:
    # Most have one, and are asked for by rule after rule.
    return tuple(nodes) if len(nodes) == 1 else tuple(dict.fromkeys(nodes))


def neighbours(pairs: Iterable[tuple[T, T]]) -> dict[T, list[T]]:
    """Return the second of each pair by the first."""
    lists: dict[T, list[T]] = defaultdict(list)
    for first, second in pairs:
        lists[first].append(second)
    return dict(lists)
