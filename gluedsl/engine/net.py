"""A workflow as a net of starts and conditions: what an exploration of all its runs works on.

Comes in: a workflow, and policies. Goes out: every start that some trigger can make, every condition that can be met,
all numbered, so that a moment of a run is three whole numbers (bit sets): what has started and not ended, which
triggers may still fire, and which of their conditions are met.

That is all there is to a run, because under the default policies a run is confluent: conditions, once met, stay met,
and a trigger fires once. So what a run comes to depends on how each start ends, and not on when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.engine.events import ENDS
from gluedsl.engine.machine import begin
from gluedsl.engine.simulate import BEGINNING, RUN_ID
from gluedsl.engine.wiring import LISTENABLE
from gluedsl.graph.build import action_node, started_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gluedsl.engine.events import EndState
    from gluedsl.engine.policies import Policies
    from gluedsl.engine.wiring import Watch, Wiring
    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One action of one trigger: what starts if that trigger fires."""

    trigger: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Ends of a job or crawler that lead to the same: they meet the same conditions, and are all bad or all good."""

    states: tuple[EndState, ...]
    meets: int
    """The conditions that are met by any of them."""
    is_bad: bool


class Moment(NamedTuple):
    """A part of a run at one moment that has nothing to do with its other parts."""

    running: int
    """The starts that have not ended."""
    waiting: int
    """The triggers that may still fire."""
    met: int
    """The conditions of those triggers that are met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What may happen next: one start ends, in one of the ways that differ."""

    start: int
    states: tuple[EndState, ...]
    """They lead to the same from here on."""
    is_bad: bool
    weight: int
    """How many `Ends` of the job or crawler these states are."""
    fires: int
    """The triggers that fire because of it."""
    then: tuple[Moment, ...]
    """What is left of the run: parts that have nothing to do with each other."""


class Net:
    """The net of one workflow."""

    def __init__(self, workflow: Workflow, policies: Policies, given: Mapping[Node, EndState]) -> None:
        begun = begin(workflow, run_id=RUN_ID, at=BEGINNING, policies=policies).state
        self.nodes: tuple[Node, ...] = begun.wiring.nodes
        first = [t for t in workflow.triggers if t.name in begun.triggers]
        waiting = _in_order(_waiting(workflow, begun.wiring), {node for t in first for node in started_nodes(t)})
        self.triggers = tuple(one.trigger.name for one in waiting)
        """Those that can fire after the first."""
        self.starts = tuple(
            Start(trigger=trigger.name, node=node)
            for trigger in (*first, *(one.trigger for one in waiting))
            for node in map(action_node, trigger.actions)
            if node is not None
        )
        self._is_any = [one.is_any for one in waiting]
        self._starts_of = [
            sum(1 << number for number, start in enumerate(self.starts) if start.trigger == name)
            for name in self.triggers
        ]
        self._first_starts = (1 << len(self.starts)) - 1 - sum(self._starts_of)
        self._index([one.conditions for one in waiting])
        counts = Counter(start.node for start in self.starts)
        self.ends = {node: tuple(self._ends(node, given, is_shared=counts[node] > 1)) for node in self.nodes}

    def _index(self, waited_for: Iterable[Iterable[tuple[Node, str]]]) -> None:
        place = {node: number for number, node in enumerate(self.nodes)}
        self._node_bit = [1 << place[start.node] for start in self.starts]
        self._condition_node: list[int] = []
        self._condition_trigger: list[int] = []
        self._meets: dict[tuple[Node, str], int] = defaultdict(int)
        self._conditions_of = [0] * len(self.triggers)
        for number, conditions in enumerate(waited_for):
            for node, state in conditions:
                bit = 1 << len(self._condition_node)
                self._condition_node.append(1 << place[node])
                self._condition_trigger.append(number)
                self._conditions_of[number] |= bit
                self._meets[node, state] |= bit
        self._started_nodes = [self._nodes_of_starts(starts) for starts in self._starts_of]
        self._nodes_of: dict[int, int] = {}

    def _ends(self, node: Node, given: Mapping[Node, EndState], *, is_shared: bool) -> Iterator[Ends]:
        """Yield the ends of a job or crawler, those that lead to the same as one.

        Left out is what befalls a workflow from outside (a job that was deleted): ERROR and EXPIRED, which nothing
        can watch for. A crawler that two triggers start may be busy, and end in ERROR, by the workflow's own doing.
        """
        states = [state for state in ENDS[node.type] if state in LISTENABLE[node.type]]
        if is_shared and node.type == "CRAWLER":
            states.append("ERROR")
        if node in given:
            states = [given[node]]
        alike: dict[tuple[int, bool], list[EndState]] = defaultdict(list)
        for state in states:
            alike[self._meets.get((node, state), 0), state != "SUCCEEDED"].append(state)
        for (meets, is_bad), found in alike.items():
            yield Ends(states=tuple(found), meets=meets, is_bad=is_bad)

    def beginning(self) -> tuple[Moment, ...]:
        """Return a run that has just begun."""
        return self._parts(self._first_starts, (1 << len(self.triggers)) - 1, 0)

    def size(self, moment: Moment) -> int:
        """Return how many starts there may still be to end; less after every turn."""
        return moment.running.bit_count() + sum(self._starts_of[t].bit_count() for t in bits(moment.waiting))

    def watchers(self, node: Node, state: str) -> int:
        """Return the triggers that wait for a job or crawler to end in a state."""
        return sum(1 << t for t in {self._condition_trigger[c] for c in bits(self._meets.get((node, state), 0))})

    def waits_for_more(self, trigger: int) -> bool:
        """Whether one condition is not enough for a trigger."""
        return not self._is_any[trigger] and self._conditions_of[trigger].bit_count() > 1

    def turns(self, moment: Moment) -> tuple[Turn, ...]:
        """Return what may happen next: all ends of one start, no matter which, because order does not matter."""
        number = self._next(moment)
        alike: dict[tuple[int, bool], list[Ends]] = defaultdict(list)
        of_interest = self._conditions_in(moment.waiting) & ~moment.met
        for ends in self.ends[self.starts[number].node]:
            alike[ends.meets & of_interest, ends.is_bad].append(ends)
        running = moment.running & ~(1 << number)
        turns = []
        for (meets, is_bad), found in alike.items():
            met = moment.met | meets
            fires = self._fired(meets, met)
            started = sum(self._starts_of[t] for t in bits(fires))
            turns.append(
                Turn(
                    start=number,
                    states=tuple(state for ends in found for state in ends.states),
                    is_bad=is_bad,
                    weight=len(found),
                    fires=fires,
                    then=self._parts(running | started, moment.waiting & ~fires, met),
                )
            )
        return tuple(turns)

    def _next(self, moment: Moment) -> int:
        return (moment.running & -moment.running).bit_length() - 1

    def _conditions_in(self, triggers: int) -> int:
        return sum(self._conditions_of[t] for t in bits(triggers))

    def _fired(self, meets: int, met: int) -> int:
        fired = 0
        for condition in bits(meets):
            trigger = self._condition_trigger[condition]
            if self._is_any[trigger] or not self._conditions_of[trigger] & ~met:
                fired |= 1 << trigger
        return fired

    def _parts(self, running: int, waiting: int, met: int) -> tuple[Moment, ...]:
        """Take a moment apart, without the triggers that cannot fire any more."""
        needs = self._needs(running, waiting, met)
        watched = 0
        for nodes in needs.values():
            watched |= nodes
        items = [(self._node_bit[s] & watched, 1 << s, 0) for s in bits(running)]
        items += [(nodes | (self._started_nodes[t] & watched), 0, 1 << t) for t, nodes in needs.items()]
        parts: list[tuple[int, int, int]] = []
        for item in items:
            near = [part for part in parts if part[0] & item[0]]
            parts = [part for part in parts if not part[0] & item[0]]
            nodes, starts, triggers = item
            for part in near:
                nodes |= part[0]
                starts |= part[1]
                triggers |= part[2]
            parts.append((nodes, starts, triggers))
        return tuple(Moment(starts, triggers, met & self._conditions_in(triggers)) for _, starts, triggers in parts)

    def _needs(self, running: int, waiting: int, met: int) -> dict[int, int]:
        """Return, for each trigger that may still fire, the nodes that it waits for."""
        reachable = self._nodes_of_starts(running)
        needs: dict[int, int] = {}
        left = {t: self._nodes_of_conditions(self._conditions_of[t] & ~met) for t in bits(waiting)}
        grows = True
        while grows:
            grows = False
            for trigger, nodes in tuple(left.items()):
                if nodes & reachable if self._is_any[trigger] else not nodes & ~reachable:
                    needs[trigger] = left.pop(trigger)
                    reachable |= self._started_nodes[trigger]
                    grows = True
        return needs

    def _nodes_of_starts(self, starts: int) -> int:
        nodes = 0
        for start in bits(starts):
            nodes |= self._node_bit[start]
        return nodes

    def _nodes_of_conditions(self, conditions: int) -> int:
        nodes = self._nodes_of.get(conditions)
        if nodes is None:
            nodes = 0
            for condition in bits(conditions):
                nodes |= self._condition_node[condition]
            self._nodes_of[conditions] = nodes
        return nodes


def bits(numbers: int) -> Iterator[int]:
    """Yield the numbers in a bit set, the smallest first."""
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A trigger that waits, with its conditions as far as an end can meet them."""

    trigger: Trigger
    is_any: bool
    conditions: tuple[tuple[Node, str], ...]

    @property
    def watched(self) -> set[Node]:
        return {node for node, _ in self.conditions}

    def may_fire(self, reached: set[Node]) -> bool:
        watched = [node in reached for node, _ in self.conditions]
        return any(watched) if self.is_any else all(watched)


def _waiting(workflow: Workflow, wiring: Wiring) -> list[_Waiting]:
    """Return the triggers that could fire if all that they wait for happened."""
    watches: dict[str, list[tuple[Node, Watch]]] = defaultdict(list)
    for node, found in wiring.watches.items():
        for watch in found:
            watches[watch.trigger.name].append((node, watch))
    waiting = []
    for trigger in workflow.triggers:
        mine = watches[trigger.name]
        conditions = tuple((node, state) for node, watch in mine for _, state in watch.conditions if state)
        if mine and (mine[0][1].is_any or len(conditions) == mine[0][1].size):
            waiting.append(_Waiting(trigger=trigger, is_any=mine[0][1].is_any, conditions=conditions))
    return waiting


def _in_order(waiting: list[_Waiting], reached: set[Node]) -> list[_Waiting]:
    """Return the triggers that can fire at all, each behind those that it waits for as far as there is no cycle.

    So what ends soon after each other has numbers close to each other, and few triggers are half met at a time.
    """
    fires: list[_Waiting] = []
    while ready := [one for one in waiting if one not in fires and one.may_fire(reached)]:
        fires += ready
        reached = reached.union(*(started_nodes(one.trigger) for one in ready))
    left = [one for one in waiting if one in fires]
    ordered: list[_Waiting] = []
    while left:
        yet_to_start = [(one, set(started_nodes(one.trigger))) for one in left]
        free = (
            one for one in left if not any(other is not one and nodes & one.watched for other, nodes in yet_to_start)
        )
        following = next(free, left[0])
        ordered.append(following)
        left.remove(following)
    return ordered
