"""What follows from a workflow alone and is asked for at every event: who watches whom.

Comes in: the workflow as it is when a run begins. Goes out: an index, so that no event looks at every trigger.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.build import action_node, condition_node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.engine.policies import Policies
    from gluedsl.model import Condition, Trigger, Workflow

LISTENABLE = {
    "JOB": frozenset({"SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT"}),
    "CRAWLER": frozenset({"SUCCEEDED", "FAILED", "CANCELLED"}),
}
"""The ends that a condition can wait for; all others, ERROR among them, go unheard.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html#aws-glue-api-jobs-trigger-Condition
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What one conditional trigger wants to know of one job or crawler."""

    trigger: Trigger
    conditions: tuple[tuple[int, str], ...]
    """Those on this job or crawler: the index in the predicate, and the state waited for."""
    is_any: bool
    """Whether one condition of the predicate is enough."""
    size: int
    """The number of conditions of the whole predicate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Built once a run."""

    watches: Mapping[Node, tuple[Watch, ...]]
    """By watched job or crawler, in the order of the triggers; only triggers that are allowed to fire."""
    nodes: tuple[Node, ...]
    """The jobs and crawlers of the workflow's graph, in its order."""
    action_count: int
    """Pairs of a trigger and an action of it."""

    @staticmethod
    def of(workflow: Workflow, policies: Policies) -> Wiring:
        """Index a workflow."""
        watches: dict[Node, list[Watch]] = defaultdict(list)
        for trigger in workflow.triggers:
            if trigger.type == "CONDITIONAL" and (trigger.enabled or policies.inactive_trigger == "fires"):
                for node, watch in _watches(trigger):
                    watches[node].append(watch)
        return Wiring(
            watches={node: tuple(found) for node, found in watches.items()},
            nodes=tuple(node for node in WorkflowGraph.of(workflow).nodes if node.type != "TRIGGER"),
            action_count=sum(action_node(a) is not None for t in workflow.triggers for a in t.actions),
        )


def _watches(trigger: Trigger) -> list[tuple[Node, Watch]]:
    if trigger.predicate is None:
        return []
    waited_for: dict[Node, list[tuple[int, str]]] = {}
    for index, condition in enumerate(trigger.predicate.conditions):
        node = condition_node(condition)
        if node is not None:
            waited_for.setdefault(node, []).append((index, _state(condition, node)))
    is_any = trigger.predicate.logical == "ANY"
    size = len(trigger.predicate.conditions)
    return [
        (node, Watch(trigger=trigger, conditions=tuple(conditions), is_any=is_any, size=size))
        for node, conditions in waited_for.items()
    ]


def _state(condition: Condition, node: Node) -> str:
    """Return what the condition waits for, empty where it waits for what no end can be."""
    state = condition.state if node.type == "JOB" else condition.crawl_state
    return state if state is not None and state in LISTENABLE[node.type] else ""
