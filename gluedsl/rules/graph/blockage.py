"""Why triggers of a workflow can never fire, whatever the outcome of every job and crawler.

Only the first of a chain is told: what waits for a node that waits in vain itself follows from it,
as do the nodes of a circle (GR002, CN010) and those behind a trigger without conditions (CN009).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import condition_node, started_nodes, watched_nodes
from gluedsl.rules.duplicates import has_ambiguous_triggers

if TYPE_CHECKING:
    from collections.abc import Collection

    from gluedsl.model import Project, Trigger, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockage:
    """Triggers that wait for what nothing in their workflow starts."""

    missing: tuple[Node, ...]
    """One node, or those of which a trigger waits for any."""
    triggers: tuple[int, ...]
    """Positions in the workflow."""
    nodes: tuple[Node, ...]
    """What these triggers start and nothing else can; may be empty."""


def blockages(workflow: Workflow) -> tuple[Blockage, ...]:
    """Return each cause once, with all triggers that it blocks."""
    if has_ambiguous_triggers(workflow):
        return ()
    possible = startable(workflow)
    started = {node for trigger in workflow.triggers for node in started_nodes(trigger)}
    blocked: dict[tuple[Node, ...], list[int]] = defaultdict(list)
    for index, trigger in enumerate(workflow.triggers):
        if trigger.enabled and not can_fire(trigger, possible):
            for missing in _missing(trigger, possible, started):
                blocked[missing].append(index)
    return tuple(
        Blockage(missing=missing, triggers=tuple(indexes), nodes=_only_behind(workflow, indexes, possible))
        for missing, indexes in blocked.items()
    )


def cuts(workflow: Workflow) -> tuple[tuple[int, tuple[Node, ...]], ...]:
    """Return each disabled trigger that could fire if it were enabled, with the nodes that nothing else can start."""
    if has_ambiguous_triggers(workflow):
        return ()
    possible = startable(workflow)
    behind = (
        (index, _only_behind(workflow, [index], possible))
        for index, trigger in enumerate(workflow.triggers)
        if not trigger.is_start and not trigger.enabled and can_fire(trigger, possible)
    )
    return tuple((index, nodes) for index, nodes in behind if nodes)


def vain_conditions(workflow: Workflow) -> dict[Node, list[tuple[int, int]]]:
    """Return what nothing in the workflow starts, and triggers wait for as one of several; with these conditions.

    A condition is its trigger's position, and its own. What blocks a trigger by itself is not among them.
    """
    if has_ambiguous_triggers(workflow):
        return {}
    started = {node for trigger in workflow.triggers for node in started_nodes(trigger)}
    told = {node for blockage in blockages(workflow) for node in blockage.missing}
    found: dict[Node, list[tuple[int, int]]] = defaultdict(list)
    for index, trigger in enumerate(workflow.triggers):
        if trigger.is_start or not trigger.enabled or trigger.predicate is None:
            continue
        for at, condition in enumerate(trigger.predicate.conditions):
            node = condition_node(condition)
            if node is not None and node not in started and node not in told:
                found[node].append((index, at))
    return found


def can_fire(trigger: Trigger, possible: Collection[Node]) -> bool:
    """Whether a trigger, if enabled, can fire when these nodes can start."""
    if trigger.is_start:
        return True
    watched = watched_nodes(trigger)
    if trigger.predicate is None or not watched:
        return False
    if trigger.predicate.logical == "ANY":
        return any(node in possible for node in watched)
    return all(node in possible for node in watched)


def left_to_start_trigger(project: Project) -> frozenset[Node]:
    """Return the jobs and crawlers that the project has and no workflow of it starts."""
    jobs = {job.name for job in project.jobs} | {job.name for job in project.existing_jobs}
    crawlers = {crawler.name for crawler in project.crawlers} | {c.name for c in project.existing_crawlers}
    known = frozenset({Node("JOB", name) for name in jobs} | {Node("CRAWLER", name) for name in crawlers})
    return known - {
        node for workflow in project.workflows for trigger in workflow.triggers for node in started_nodes(trigger)
    }


def lacks_only_start(workflow: Workflow, blockage: Blockage, left: Collection[Node]) -> bool:
    """Whether a blockage follows from the workflow's lack of a start trigger (WF007), which would start these nodes."""
    return not any(trigger.is_start for trigger in workflow.triggers) and all(node in left for node in blockage.missing)


def _missing(trigger: Trigger, possible: Collection[Node], started: Collection[Node]) -> list[tuple[Node, ...]]:
    waiting = [node for node in watched_nodes(trigger) if node not in possible]
    missing = [node for node in waiting if node not in started]
    if trigger.predicate is not None and trigger.predicate.logical == "ANY":
        return [tuple(missing)] if missing and len(missing) == len(waiting) else []
    return [(node,) for node in missing]


def _only_behind(workflow: Workflow, indexes: list[int], possible: Collection[Node]) -> tuple[Node, ...]:
    nodes = (node for index in indexes for node in started_nodes(workflow.triggers[index]))
    return tuple(dict.fromkeys(node for node in nodes if node not in possible))
