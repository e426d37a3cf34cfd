"""What a run came to, in a sentence that hides nothing behind Glue's COMPLETED."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node, started_nodes
from gluedsl.runs.snapshot import UNDER_WAY
from gluedsl.view.names import named
from gluedsl.view.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow
    from gluedsl.runs import NodeRuns, RunSnapshot
    from gluedsl.view.names import Names

_ENDS = {
    "FAILED": "failed",
    "TIMEOUT": "timed out",
    "ERROR": "errored",
    "STOPPED": "stopped",
    "CANCELLED": "cancelled",
    "EXPIRED": "expired",
}


def watching(workflow: Workflow, node: Node, state: str) -> tuple[Trigger, ...]:
    """Return the triggers that wait for `node` to end in `state`."""
    return tuple(
        trigger
        for trigger in workflow.triggers
        if trigger.predicate is not None
        and any(condition_node(c) == node and state in (c.state, c.crawl_state) for c in trigger.predicate.conditions)
    )


def verdict(snapshot: RunSnapshot, names: Names) -> str:
    """Say what happened, or how far it has come."""
    if not snapshot.has_ended:
        return f"{snapshot.status}: {_so_far(snapshot)}"
    match snapshot.outcome:
        case "SUCCEEDED":
            what = _success(snapshot)
        case "PARTIAL":
            what = _part(snapshot, names)
        case "FAILED":
            what = _failure(snapshot, names)
    return f"{snapshot.status}, outcome {snapshot.outcome}: {what}"


def _so_far(snapshot: RunSnapshot) -> str:
    states = [node.state for node in snapshot.nodes]
    parts = [f"{states.count('SUCCEEDED')} of {counted(len(states), 'action')} succeeded"]
    if under_way := sum(state in UNDER_WAY for state in states):
        parts.append(f"{under_way} under way")
    parts += _ends(snapshot.ended_badly)
    return ", ".join(parts)


def _success(snapshot: RunSnapshot) -> str:
    if not snapshot.nodes:
        return "there was nothing to do"
    succeeded = sum(node.state == "SUCCEEDED" for node in snapshot.nodes)
    idle = len(snapshot.nodes) - succeeded
    if idle:
        return f"{counted(succeeded, 'action')} succeeded, {idle} had no reason to start"
    return f"{'all ' if succeeded > 1 else ''}{counted(succeeded, 'action')} succeeded"


def _part(snapshot: RunSnapshot, names: Names) -> str:
    if snapshot.never_started:
        return f"nothing failed, but {_never(snapshot, names)}"
    return "nothing failed, but the run was stopped"


def _failure(snapshot: RunSnapshot, names: Names) -> str:
    parts = []
    if snapshot.error:
        parts.append(snapshot.error)
    if snapshot.ended_badly:
        first, *more = _ends(snapshot.ended_badly)
        number, _, end = first.partition(" ")
        first = f"{counted(int(number), 'action')} {end}"
        parts.append(f"{', '.join([first, *more])} ({_watched(snapshot, names)})")
    if snapshot.never_started:
        parts.append(_never(snapshot, names))
    return "; ".join(parts) or "the run could not start"


def _ends(nodes: Sequence[NodeRuns]) -> list[str]:
    states = [str(node.state) for node in nodes]
    return [f"{states.count(state)} {end}" for state, end in _ENDS.items() if state in states]


def _watched(snapshot: RunSnapshot, names: Names) -> str:
    """Say how many of the bad ends some trigger waits for, and which triggers do."""
    bad = snapshot.ended_badly
    by_node = [watching(snapshot.workflow, node.node, str(node.state)) for node in bad]
    count = sum(bool(triggers) for triggers in by_node)
    if not count:
        return "no trigger watches for it" if len(bad) == 1 else "no trigger watches for them"
    whom = listed(tuple(dict.fromkeys(names.trigger(trigger) for found in by_node for trigger in found)), "and")
    if count == len(bad):
        return f"watched for by {whom}"
    return f"{count} of them watched for by {whom}"


def _never(snapshot: RunSnapshot, names: Names) -> str:
    missing = [node.node for node in snapshot.never_started]
    said = f"{counted(len(missing), 'action')} never started: {named([names.called(node) for node in missing])}"
    inactive = [
        names.trigger(trigger)
        for trigger in snapshot.workflow.triggers
        if trigger.type == "CONDITIONAL" and not trigger.enabled and not set(missing).isdisjoint(started_nodes(trigger))
    ]
    if not inactive:
        return said
    return f"{said} ({listed(inactive, 'and')} {'is' if len(inactive) == 1 else 'are'} not activated)"
