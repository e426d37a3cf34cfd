"""A run as everybody else sees it: the vocabulary of `gluedsl.runs`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gluedsl.runs import ActionRun, NodeRuns, RunSnapshot, Statistics, TriggerFiring

if TYPE_CHECKING:
    from gluedsl.engine.state import RunState, StartedAction
    from gluedsl.graph import Node

COUNTED_AS = {
    "WAITING": "waiting_actions",
    "STARTING": "running_actions",
    "RUNNING": "running_actions",
    "STOPPING": "running_actions",
    "CANCELLING": "running_actions",
    "SUCCEEDED": "succeeded_actions",
    "FAILED": "failed_actions",
    "EXPIRED": "failed_actions",
    "TIMEOUT": "timeout_actions",
    "STOPPED": "stopped_actions",
    "CANCELLED": "stopped_actions",
    "ERROR": "errored_actions",
}
"""By state of a job run or crawl: Glue's counter. Where Glue has none of the name, as for a cancelled crawl
and an expired job run, the counter that is closest."""


def snapshot(state: RunState) -> RunSnapshot:
    """Return the run with every job and crawler of its graph, in the graph's order, started or not.

    A node's runs are in the order in which they were started, the attempts of one run together.
    """
    runs: dict[Node, list[ActionRun]] = {node: [] for node in state.wiring.nodes}
    for action in state.actions.values():
        if action.previous_id is None:
            for attempt in _attempts(state, action):
                runs[attempt.node].append(_action_run(state, attempt))
    return RunSnapshot(
        workflow=state.workflow,
        run_id=state.run_id,
        status=state.status,
        nodes=tuple(NodeRuns(node=node, runs=tuple(found)) for node, found in runs.items()),
        triggers=tuple(
            TriggerFiring(
                name=trigger.name,
                type=trigger.type,
                fired_at=progress.fired_at[0]
                if (progress := state.triggers.get(trigger.name)) and progress.fired_at
                else None,
            )
            for trigger in state.workflow.triggers
        ),
        statistics=statistics(state),
        properties=dict(state.properties),
        started_on=state.started_on,
        completed_on=state.completed_on,
        error=state.error,
        previous_run_id=state.previous_run_id,
    )


def statistics(state: RunState) -> Statistics:
    """Return Glue's counters: each action once, by its last attempt."""
    last = [action for action in state.actions.values() if action.retried_as is None]
    match state.policies.total_actions:
        case "pairs":
            total = state.wiring.action_count
        case "nodes":
            total = len(state.wiring.nodes)
        case "started":
            total = len(last)
    return Statistics(total_actions=total, **Counter(COUNTED_AS[action.state] for action in last))


def _attempts(state: RunState, first: StartedAction) -> list[StartedAction]:
    attempts = [first]
    while (following := attempts[-1].retried_as) is not None:
        attempts.append(state.actions[following])
    return attempts


def _action_run(state: RunState, action: StartedAction) -> ActionRun:
    return ActionRun(
        id=action.id if action.node.type == "JOB" else "",
        state=action.state,
        attempt=action.attempt,
        trigger=action.trigger,
        started_on=action.started_on,
        completed_on=action.completed_on,
        error=action.error,
        predecessors=tuple((state.actions[id_].node.name, id_) for id_ in action.predecessors if id_ in state.actions),
    )
