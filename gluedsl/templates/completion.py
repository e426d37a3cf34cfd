"""What is not known of a workflow, filled in so that as much of it as possible can run.

Comes in: a workflow as it is known, and what is not known of it. Goes out: a workflow in which unknown actions start
what else nothing starts, and unknown conditions watch what surely starts. What is wrong even with that does not hang on
the unknown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.algorithms import downstream, startable
from gluedsl.graph.build import action_node, condition_node, started_nodes, watched_nodes
from gluedsl.model import Action, Condition, Predicate, Trigger, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gluedsl.templates.values import Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A workflow, and what is not known of it."""

    workflow: Workflow
    holes: Sequence[Sequence[Hole]]
    """By trigger."""
    is_open: bool
    """Whether it may have more triggers."""
    stand_in: str
    """A name that nothing else has."""
    watches_failures: bool
    """Whether unknown conditions are on failures: those that are not known at all, on everybody's."""

    @property
    def has_gaps(self) -> bool:
        """Whether an unknown action may start just anything."""
        return self.is_open or any(hole.path[:1] == ("actions",) for holes in self.holes for hole in holes)


def complete(draft: Draft, unused: Iterable[Node]) -> Workflow:
    """Return the workflow filled in; `unused` are jobs and crawlers that nothing is known to start."""
    filling = _Filling(list(draft.workflow.triggers), draft)
    filling.open_predicates()
    filling.fill_actions(unused)
    filling.fill_conditions()
    return replace(draft.workflow, triggers=tuple(filling.triggers))


@dataclass(slots=True)
class _Filling:
    triggers: list[Trigger]
    draft: Draft
    actions: list[tuple[int, int | None, frozenset[str]]] = field(default_factory=list)
    """Unknown actions: the trigger's index, the action's or None for further ones, and what it may start."""
    conditions: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    """Unknown actions that start something by now."""
    predicates: set[int] = field(default_factory=set)
    """Triggers of which no condition is known."""

    def open_predicates(self) -> None:
        """Sort out what is not known."""
        for index, holes in enumerate(self.draft.holes):
            for hole in holes:
                match hole.path:
                    case ("actions", int(action)):
                        self.actions.append((index, action, hole.types))
                    case ("actions",):
                        self.actions.append((index, None, hole.types))
                    case ("predicate", "conditions", int(condition)):
                        self.conditions.append((index, condition, hole.types))
                    case ("predicate", *_) if not self.triggers[index].is_start:
                        self.triggers[index] = replace(self.triggers[index], predicate=self._anything())
                        self.conditions.append((index, 0, hole.types))
                        self.predicates.add(index)
                    case _:
                        pass

    def _anything(self) -> Predicate:
        return Predicate(conditions=(Condition(job_name=self.draft.stand_in, state="SUCCEEDED"),))

    def _workflow(self) -> Workflow:
        return replace(self.draft.workflow, triggers=tuple(self.triggers))

    def fill_actions(self, unused: Iterable[Node]) -> None:
        """Let unknown actions start what is watched or defined, and started by nothing that is known."""
        missing = [node for node in dict.fromkeys((*self._unstarted(), *unused)) if not self._started_somewhere(node)]
        for node in missing:
            self._start(node)
        for index, action, _ in self.actions:
            if action is None and not self.triggers[index].actions:
                self._append(index, Node("JOB", self.draft.stand_in))
        if self.draft.is_open:
            self._add_trigger([node for node in missing if not self._started_somewhere(node)])

    def _unstarted(self) -> Iterable[Node]:
        unknown = {(index, condition) for index, condition, _ in self.conditions}
        for index, trigger in enumerate(self.triggers):
            conditions = trigger.predicate.conditions if trigger.predicate is not None else ()
            for at, condition in enumerate(conditions):
                node = condition_node(condition)
                if node is not None and (index, at) not in unknown:
                    yield node

    def _started_somewhere(self, node: Node) -> bool:
        return any(node in started_nodes(trigger) for trigger in self.triggers)

    def _start(self, node: Node) -> None:
        after = downstream(WorkflowGraph.of(self._workflow()), node)
        starts_first = sorted(self.actions, key=lambda slot: not self.triggers[slot[0]].is_start)
        for index, action, types in starts_first:
            trigger = self.triggers[index]
            if node.type not in types or node in watched_nodes(trigger) or Node("TRIGGER", trigger.name) in after:
                continue
            if action is None or (index, action) in self.taken:
                self._append(index, node)
            else:
                self.taken.add((index, action))
                actions = list(trigger.actions)
                actions[action] = _action(node)
                self.triggers[index] = replace(trigger, actions=tuple(actions))
            return

    def _append(self, index: int, node: Node) -> None:
        trigger = self.triggers[index]
        self.triggers[index] = replace(trigger, actions=(*trigger.actions, _action(node)))

    def _add_trigger(self, nodes: Sequence[Node]) -> None:
        """Add a trigger that starts what nothing that is known starts; a start trigger where there is none."""
        actions = tuple(map(_action, nodes)) or (Action(job_name=self.draft.stand_in),)
        itself = Trigger(name=self.draft.stand_in, type="ON_DEMAND", actions=actions)
        first = next((node for trigger in self.triggers if trigger.is_start for node in started_nodes(trigger)), None)
        if not any(trigger.is_start for trigger in self.triggers):
            self.triggers.append(itself)
        elif nodes and first is not None:
            predicate = Predicate(conditions=(_condition(first),))
            self.triggers.append(replace(itself, type="CONDITIONAL", predicate=predicate))
        elif self.draft.watches_failures and first is not None:
            every = dict.fromkeys(node for trigger in self.triggers for node in started_nodes(trigger))
            predicate = Predicate(logical="ANY", conditions=tuple(_condition(one, state="FAILED") for one in every))
            self.triggers.append(replace(itself, type="CONDITIONAL", predicate=predicate))

    def fill_conditions(self) -> None:
        """Let unknown conditions watch what starts before their triggers."""
        for index, at, types in self.conditions:
            trigger = self.triggers[index]
            if trigger.predicate is None or at >= len(trigger.predicate.conditions):
                continue
            workflow = self._workflow()
            graph = WorkflowGraph.of(workflow)
            own = started_nodes(trigger)
            after = frozenset().union(own, *(downstream(graph, node) for node in own))
            possible = startable(workflow)
            fitting = [node for node in graph.nodes if node in possible and node not in after and node.type in types]
            if not fitting:
                self._start_watched(trigger.predicate.conditions[at])
                continue
            conditions = list(trigger.predicate.conditions)
            state = self._state(conditions[at])
            conditions[at] = _condition(min(fitting, key=self._watchers(conditions, state)), state=state)
            predicate = replace(trigger.predicate, conditions=tuple(conditions))
            if index in self.predicates and self.draft.watches_failures:
                every = tuple(_condition(node, state="FAILED") for node in fitting)
                predicate = Predicate(logical="ANY", conditions=every)
            self.triggers[index] = replace(trigger, predicate=predicate)

    def _start_watched(self, condition: Condition) -> None:
        """Let something start what a condition is on, where nothing that is known could be meant."""
        node = condition_node(condition)
        if node is None or self._started_somewhere(node):
            return
        self._start(node)
        first = next((index for index, trigger in enumerate(self.triggers) if trigger.is_start), None)
        if self.draft.is_open and first is not None and not self._started_somewhere(node):
            self._append(first, node)

    def _watchers(self, beside: Sequence[Condition], state: str) -> Callable[[Node], tuple[int, int]]:
        """Return what counts the conditions on a node: one that is not known is rather on what no other is on."""
        watched = Counter(
            (condition_node(one), (one.state or one.crawl_state) == "SUCCEEDED")
            for trigger in self.triggers
            for one in (trigger.predicate.conditions if trigger.predicate is not None else ())
        )
        own = Counter(condition_node(one) for one in beside)
        return lambda node: (own[node], watched[node, state == "SUCCEEDED"])

    def _state(self, known: Condition) -> str:
        """Return the state that a condition is on, or may be on."""
        if self.draft.stand_in not in {known.job_name, known.crawler_name}:
            return known.state or known.crawl_state or "SUCCEEDED"
        return "FAILED" if self.draft.watches_failures else "SUCCEEDED"


def _action(node: Node) -> Action:
    return Action(job_name=node.name) if node.type == "JOB" else Action(crawler_name=node.name)


def _condition(node: Node, *, state: str = "SUCCEEDED") -> Condition:
    if node.type == "JOB":
        return Condition(job_name=node.name, state=state)
    return Condition(crawler_name=node.name, crawl_state=state)


def nodes_of(workflow: Workflow) -> Iterable[Node]:
    """Yield what a workflow starts and what it watches."""
    for trigger in workflow.triggers:
        yield from (node for action in trigger.actions if (node := action_node(action)) is not None)
        yield from watched_nodes(trigger)
