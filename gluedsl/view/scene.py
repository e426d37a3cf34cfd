"""What there is to see of a workflow, or of one run of it: decided here, drawn elsewhere.

Comes in: a workflow, or a run's snapshot (with the time, for what has not ended). Goes out: a `Scene`.
Nothing in a scene is for one medium: no colours, no widths, no escaping.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.graph import Edge, Node, WorkflowGraph
from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import condition_node, started_nodes
from gluedsl.model import cron
from gluedsl.model.secrets import shown
from gluedsl.runs.snapshot import ENDED_BADLY, UNDER_WAY
from gluedsl.view.layers import layered
from gluedsl.view.names import Names
from gluedsl.view.tree import placed
from gluedsl.view.verdict import verdict, watching
from gluedsl.view.words import elapsed, trigger_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from gluedsl.model import Trigger, Workflow
    from gluedsl.runs import NodeRuns, RunSnapshot, Statistics
    from gluedsl.view.tree import Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has become of a job or crawler in a run."""

    state: str | None
    """Glue's own, of the last attempt; None: it has not been started."""
    took: timedelta | None = None
    """From the start of the first attempt to the end of the last, or until now."""
    attempts: int = 0
    error: str = ""
    watched_by: tuple[Trigger, ...] = ()
    """The triggers that wait for just this end, where it is a bad one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A job or crawler, as one trigger starts it."""

    node: Node
    label: str
    can_start: bool
    """Whether some run can start it."""
    is_again: bool = False
    """Whether another trigger above starts it too."""
    progress: Progress | None = None
    """None: the scene shows no run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A trigger at its place among the others, and what it starts."""

    placed: Placed
    node: Node
    label: str
    """Empty where the name only repeats when it fires."""
    words: str
    """When it fires."""
    schedule: str = ""
    """In Glue's own words, where `words` has others."""
    firings: tuple[datetime, ...] | None = None
    """The next times that a schedule fires, as many as were asked for; empty: it never does. None: nobody asked."""
    is_active: bool = True
    fired_at: datetime | None = None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunScene:
    """What concerns a run as a whole."""

    run_id: str
    status: str
    outcome: str
    verdict: str
    """What happened, in a sentence."""
    has_ended: bool
    started_on: datetime | None
    took: timedelta | None
    previous_run_id: str | None
    statistics: Statistics
    properties: Mapping[str, str]
    """Secrets are masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A workflow as it is to be shown."""

    workflow: str
    description: str
    names: Names
    stages: tuple[Stage, ...]
    """Each trigger once, in reading order."""
    layers: tuple[tuple[Node, ...], ...]
    """Each node once, from top to bottom and from left to right."""
    edges: tuple[Edge, ...]
    conditions: Mapping[Edge, tuple[str, ...]]
    """By edge from a watched node to a trigger: the states that are waited for."""
    states: Mapping[Node, str] = field(default_factory=dict)
    """By job and crawler that was started: the state it is in."""
    run: RunScene | None = None

    def count(self, node_type: str) -> int:
        """Return how many nodes there are of a type."""
        return sum(node.type == node_type for layer in self.layers for node in layer)


def scene_of_workflow(workflow: Workflow, *, now: datetime | None = None, firings: int = 0) -> Scene:
    """Return the static view of a workflow, with the first `firings` times after `now` that its schedules fire."""
    return _scene(workflow, None, now, firings)


def scene_of_run(snapshot: RunSnapshot, *, now: datetime | None = None) -> Scene:
    """Return the dynamic view of a run; `now` tells how long what goes on has taken so far."""
    return _scene(snapshot.workflow, snapshot, now)


def _scene(workflow: Workflow, snapshot: RunSnapshot | None, now: datetime | None, firings: int = 0) -> Scene:
    graph = WorkflowGraph.of(workflow)
    names = Names.of(graph)
    director = _Director(workflow, names, snapshot, now, firings)
    return Scene(
        workflow=workflow.name,
        description=workflow.description or "",
        names=names,
        stages=tuple(director.stage(place) for place in placed(workflow)),
        layers=layered(graph),
        edges=graph.edges,
        conditions=_conditions(workflow),
        states={n.node: n.state for n in snapshot.nodes if n.state is not None} if snapshot is not None else {},
        run=_run(snapshot, names, now) if snapshot is not None else None,
    )


class _Director:
    """Decides what is shown at each place."""

    def __init__(
        self, workflow: Workflow, names: Names, snapshot: RunSnapshot | None, now: datetime | None, firings: int
    ) -> None:
        self._workflow = workflow
        self._names = names
        self._now = now
        self._firings = firings
        self._can_start = startable(workflow)
        self._runs: Mapping[Node, NodeRuns] = {n.node: n for n in snapshot.nodes} if snapshot is not None else {}
        self._fired_at = {t.name: t.fired_at for t in snapshot.triggers} if snapshot is not None else {}
        self._shows_run = snapshot is not None
        self._starters: dict[Node, list[str]] = {}
        for trigger in workflow.triggers:
            for node in started_nodes(trigger):
                self._starters.setdefault(node, []).append(trigger.name)
        self._seen: set[Node] = set()

    def stage(self, place: Placed) -> Stage:
        trigger = place.trigger
        node = Node("TRIGGER", trigger.name)
        words = trigger_words(trigger, self._names.called)
        return Stage(
            placed=place,
            node=node,
            label="" if self._names.is_derived(trigger) else self._names.label(node),
            words=words,
            schedule=trigger.schedule if trigger.schedule and trigger.schedule not in words else "",
            firings=self._next(trigger),
            is_active=trigger.enabled or not trigger.can_be_active,
            fired_at=self._fired_at.get(trigger.name),
            steps=tuple(self._step(trigger, started) for started in place.starts),
        )

    def _next(self, trigger: Trigger) -> tuple[datetime, ...] | None:
        if self._now is None or not self._firings or trigger.type != "SCHEDULED" or trigger.schedule is None:
            return None
        meaning = cron.parse(trigger.schedule)
        return meaning.firings(self._now, self._firings) if isinstance(meaning, cron.Cron) else None

    def _step(self, trigger: Trigger, node: Node) -> Step:
        is_again = node in self._seen
        self._seen.add(node)
        return Step(
            node=node,
            label=self._names.label(node),
            can_start=node in self._can_start,
            is_again=is_again,
            progress=self._progress(trigger, node) if self._shows_run else None,
        )

    def _progress(self, trigger: Trigger, node: Node) -> Progress:
        """Say what became of what this trigger started; runs of unknown origin show with the first trigger declared."""
        starters = self._starters[node]
        runs = [
            run
            for run in (self._runs[node].runs if node in self._runs else ())
            if (run.trigger if run.trigger in starters else starters[0]) == trigger.name
        ]
        if not runs:
            return Progress(state=None)
        last = runs[-1]
        first = runs[max(len(runs) - last.attempt - 1, 0)]
        end = last.completed_on if last.state not in UNDER_WAY else self._now
        is_bad = last.state in ENDED_BADLY
        return Progress(
            state=last.state,
            took=elapsed(first.started_on, end),
            attempts=last.attempt + 1,
            error=last.error or "",
            watched_by=watching(self._workflow, node, last.state) if is_bad else (),
        )


def _conditions(workflow: Workflow) -> dict[Edge, tuple[str, ...]]:
    states: dict[Edge, dict[str, None]] = {}
    for trigger in workflow.triggers:
        for condition in trigger.predicate.conditions if trigger.predicate is not None else ():
            node, state = condition_node(condition), condition.state or condition.crawl_state
            if node is not None and state:
                states.setdefault(Edge(node, Node("TRIGGER", trigger.name)), {})[state] = None
    return {edge: tuple(found) for edge, found in states.items()}


def _run(snapshot: RunSnapshot, names: Names, now: datetime | None) -> RunScene:
    return RunScene(
        run_id=snapshot.run_id,
        status=snapshot.status,
        outcome=snapshot.outcome,
        verdict=verdict(snapshot, names),
        has_ended=snapshot.has_ended,
        started_on=snapshot.started_on,
        took=elapsed(snapshot.started_on, snapshot.completed_on if snapshot.has_ended else now),
        previous_run_id=snapshot.previous_run_id,
        statistics=snapshot.statistics,
        properties={key: shown(key, value) for key, value in snapshot.properties.items()},
    )
