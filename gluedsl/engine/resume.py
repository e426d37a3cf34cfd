"""A run that has ended is taken up again, from some of its jobs and crawlers on.

Comes in: the run, and what of it is to run again. Goes out: a refusal, or a new run, in which that and everything
downstream starts anew, and all the rest is copied with what became of it.
Source: https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.engine.admission import Refuse
from gluedsl.engine.draft import Draft
from gluedsl.engine.state import RunState, TriggerProgress
from gluedsl.engine.wiring import Wiring
from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.algorithms import downstream
from gluedsl.graph.build import action_node, condition_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from gluedsl.engine.commands import Command
    from gluedsl.engine.state import StartedAction
    from gluedsl.model import Trigger, Workflow

_MOST_GENERATIONS = 2


class Resumption(NamedTuple):
    """A run that goes on where another ended, what must happen now, and what was started again."""

    state: RunState
    commands: tuple[Command, ...]
    restarted: tuple[Node, ...]
    """Of the nodes that were asked for, those that are downstream of no other: they start by themselves."""


def resume_refusal(
    state: RunState, nodes: Sequence[Node], *, active_runs: int, latest: Workflow | None = None
) -> Refuse | None:
    """Return how `ResumeWorkflowRun` is refused; None: it is not.

    Args:
        state: The run that is to be resumed.
        nodes: What of it is to run again.
        active_runs: The runs of the workflow that are RUNNING or STOPPING.
        latest: The workflow as it is now; None: as it was when the run began.
    """
    run = f"Run {state.run_id} of workflow {state.workflow.name}"
    workflow = _workflow(state, latest)
    attempted = {action.node for action in state.actions.values()} & set(Wiring.of(workflow, state.policies).nodes)
    refusal = _refusal_of_run(state, run)
    if refusal is None and not nodes:
        refusal = Refuse(code="InvalidInputException", message=f"{run} cannot be resumed: no nodes are given.")
    refusals = [refusal, *(_refusal_of_node(node, run, attempted) for node in nodes)]
    limit = (latest or workflow).max_concurrent_runs
    if limit is not None and active_runs >= limit:
        message = f"Concurrent runs exceeded for workflow: {workflow.name}."
        refusals.append(Refuse(code="ConcurrentRunsExceededException", message=message))
    return next((refusal for refusal in refusals if refusal is not None), None)


def _refusal_of_run(state: RunState, run: str) -> Refuse | None:
    if state.status != "COMPLETED":
        message = f"{run} cannot be resumed: it is {state.status}, not COMPLETED."
        return Refuse(code="IllegalWorkflowStateException", message=message)
    if state.policies.resume_depth == "one_more" and state.generation >= _MOST_GENERATIONS:
        message = f"{run} cannot be resumed: it resumes a run that was resumed itself. Resume the original run."
        return Refuse(code="IllegalWorkflowStateException", message=message)
    return None


def _refusal_of_node(node: Node, run: str, attempted: set[Node]) -> Refuse | None:
    if node.type == "TRIGGER":
        message = f"{run} cannot be resumed from trigger {node.name}: only jobs and crawlers can be restarted."
        return Refuse(code="InvalidInputException", message=message)
    if node not in attempted:
        message = f"{run} cannot be resumed from {node.type.lower()} {node.name}: it has no run attempt in it."
        return Refuse(code="InvalidInputException", message=message)
    return None


def resume(
    state: RunState, nodes: Sequence[Node], *, run_id: str, at: datetime, latest: Workflow | None = None
) -> Resumption:
    """Resume a run; ask `resume_refusal` first whether it may be.

    What is copied counts as met conditions. A trigger downstream looks at its conditions whenever something that it
    watches ends in this run; one that is not downstream has fired, or has not, as in the run before.

    Raises:
        UsageError: it cannot be resumed.
    """
    refusal = resume_refusal(state, nodes, active_runs=0, latest=latest)
    if refusal is not None:
        raise UsageError(refusal.message)
    workflow = _workflow(state, latest)
    graph = WorkflowGraph.of(workflow)
    restarted = _uppermost(graph, nodes)
    anew = frozenset(restarted).union(*(downstream(graph, node) for node in restarted))
    kept = set(graph.nodes) - anew
    copied = {id_: action for id_, action in state.actions.items() if action.node in kept}
    copies = state.policies.resume_properties == "copy"
    draft = Draft(
        RunState(
            workflow=workflow,
            run_id=run_id,
            status="RUNNING",
            properties=dict(state.properties if copies else workflow.default_run_properties),
            started_on=at,
            triggers={
                trigger.name: _progress(state, trigger, copied, is_anew=Node("TRIGGER", trigger.name) in anew)
                for trigger in workflow.triggers
            },
            actions=copied,
            previous_run_id=state.run_id,
            generation=state.generation + 1,
            policies=state.policies,
            wiring=Wiring.of(workflow, state.policies),
        )
    )
    _restart(draft, state, restarted, anew, at)
    return Resumption(draft.done(at), tuple(draft.commands), restarted)


def _workflow(state: RunState, latest: Workflow | None) -> Workflow:
    if latest is None or state.policies.resume_graph == "original":
        return state.workflow
    return latest


def _uppermost(graph: WorkflowGraph, nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the nodes that are downstream of no other; of those on one cycle, the first."""
    kept: list[Node] = []
    for node in dict.fromkeys(nodes):
        if any(node in downstream(graph, other) for other in kept):
            continue
        below = downstream(graph, node)
        kept = [other for other in kept if other not in below]
        kept.append(node)
    return tuple(kept)


def _progress(
    before: RunState, trigger: Trigger, copied: Mapping[str, StartedAction], *, is_anew: bool
) -> TriggerProgress:
    """Return how far a trigger is when the run is taken up again."""
    if not is_anew or trigger.predicate is None:
        return before.triggers.get(trigger.name, TriggerProgress())
    ends: dict[Node, list[StartedAction]] = defaultdict(list)
    for action in copied.values():
        if action.retried_as is None or before.policies.retry_visibility == "every":
            ends[action.node].append(action)
    met: dict[int, None] = {}
    met_by: dict[str, None] = {}
    for index, condition in enumerate(trigger.predicate.conditions):
        node = condition_node(condition)
        seen = ends.get(node, []) if node is not None else []
        if before.policies.and_semantics == "latest":
            seen = seen[-1:]
        for action in seen:
            if action.state in {condition.state, condition.crawl_state}:
                met[index] = None
                met_by[action.id] = None
    names_them = before.policies.predecessor_runs == "filled"
    named = tuple(id_ for id_ in met_by if names_them and copied[id_].node.type == "JOB")
    return TriggerProgress(met=frozenset(met), met_by=named)


def _restart(draft: Draft, before: RunState, restarted: Iterable[Node], anew: frozenset[Node], at: datetime) -> None:
    """Start each node again as it was started before, but for what triggers downstream will start by themselves."""
    for node in restarted:
        starts = _starts(draft, before, node)
        mine = [(trigger, place) for trigger, place in starts if Node("TRIGGER", trigger.name) not in anew]
        for trigger, place in mine or starts[:1]:
            draft.start(trigger, place, at)
            if not mine:
                # On a cycle: the trigger has done what it would do, and fires once a run.
                draft.triggers[trigger.name] = TriggerProgress(fired_at=(at,))


def _starts(draft: Draft, before: RunState, node: Node) -> list[tuple[Trigger, int]]:
    """Return the actions of triggers that started a node, or where those are no more, the first that would."""
    triggers = {trigger.name: trigger for trigger in draft.state.workflow.triggers}
    starts: dict[tuple[str, int], None] = {}
    for action in before.actions.values():
        if action.node != node or action.previous_id is not None or action.trigger not in triggers:
            continue
        for place, other in enumerate(triggers[action.trigger].actions):
            if other == action.action and (action.trigger, place) not in starts:
                starts[action.trigger, place] = None
                break
    if not starts:
        places = (
            (trigger.name, place)
            for trigger in triggers.values()
            for place, other in enumerate(trigger.actions)
            if action_node(other) == node
        )
        starts = dict.fromkeys(islice(places, 1))
    return [(triggers[name], place) for name, place in starts]
