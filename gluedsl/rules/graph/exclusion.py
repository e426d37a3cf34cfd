"""Which outcomes must have come before a trigger fires, and so which two triggers never fire in one run.

Taken as given: a node ends once in a run. Where a node is started twice that does not hold;
but then this is said of that node itself, and what follows from it is not worth a second finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node, started_nodes, watched_nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gluedsl.graph import Node
    from gluedsl.model import Condition, Trigger

Outcomes = dict["Node", frozenset[str]]
"""By node: the states of which it must have ended in one; only nodes of which several ends are watched."""


@dataclass(frozen=True, slots=True)
class Necessity:
    """What must have come before each of some triggers, as far as their predicates tell."""

    by_trigger: Mapping[int, Outcomes]

    @staticmethod
    def of(firing: Mapping[int, Trigger], possible: Collection[Node]) -> Necessity:
        """Work it out for the triggers of a workflow that can fire, and the nodes that can start.

        It follows the order in which they can; in a circle there is none, and each predicate is taken by itself.
        """
        drafts = _Drafts(firing, possible)
        for node in drafts.order():
            drafts.learn(node)
        return Necessity({index: drafts.before(trigger) for index, trigger in firing.items()})

    def exclude(self, first: int, second: int) -> bool:
        """Whether two triggers need different ends of one node, so that at most one of them fires."""
        before_first, before_second = self.by_trigger[first], self.by_trigger[second]
        return any(before_first[node].isdisjoint(before_second[node]) for node in before_first.keys() & before_second)


@dataclass
class _Drafts:
    firing: Mapping[int, Trigger]
    possible: Collection[Node]
    by_node: dict[Node, Outcomes] = field(default_factory=dict)
    """What must have come before a node starts."""
    starters: dict[Node, list[Trigger]] = field(default_factory=dict)
    branching: frozenset[Node] = frozenset()
    """Nodes of which several ends are watched: where others end does not tell two triggers apart."""

    def __post_init__(self) -> None:
        self.branching = branching(self.firing.values())
        for trigger in self.firing.values():
            for node in started_nodes(trigger):
                self.starters.setdefault(node, []).append(trigger)

    def order(self) -> Iterable[Node]:
        """Return nodes so that each comes after those that its triggers watch."""
        waits = {
            node: {watched for trigger in triggers for watched in watched_nodes(trigger) if watched in self.possible}
            for node, triggers in self.starters.items()
        }
        try:
            return tuple(TopologicalSorter(waits).static_order())
        except CycleError:
            return ()

    def learn(self, node: Node) -> None:
        self.by_node[node] = _either([self.before(trigger) for trigger in self.starters[node]])

    def before(self, trigger: Trigger) -> Outcomes:
        predicate = trigger.predicate
        if trigger.is_start or predicate is None:
            return {}
        ways = [way for condition in predicate.conditions if (way := self._condition(condition)) is not None]
        return _either(ways) if predicate.logical == "ANY" else _both(ways)

    def _condition(self, condition: Condition) -> Outcomes | None:
        """Return what a condition needs; None if it can never hold."""
        node = condition_node(condition)
        state = condition.state or condition.crawl_state
        if node is None or node not in self.possible or state is None:
            return None
        before = self.by_node.get(node, {})
        return _both([before, {node: frozenset({state})}]) if node in self.branching else before


def leading_to(firing: Mapping[int, Trigger], last: Iterable[int]) -> dict[int, Trigger]:
    """Return some of the triggers, and all that these may follow from."""
    starters: dict[Node, list[int]] = {}
    for index, trigger in firing.items():
        for node in started_nodes(trigger):
            starters.setdefault(node, []).append(index)
    waiting = list(last)
    reached = set(waiting)
    while waiting:
        for node in watched_nodes(firing[waiting.pop()]):
            before = [index for index in starters.get(node, ()) if index not in reached]
            reached.update(before)
            waiting += before
    return {index: trigger for index, trigger in firing.items() if index in reached}


def branching(triggers: Iterable[Trigger]) -> frozenset[Node]:
    """Return the nodes of which these triggers watch more than one end."""
    watched: dict[Node, set[str | None]] = {}
    for trigger in triggers:
        for condition in trigger.predicate.conditions if trigger.predicate else ():
            if (node := condition_node(condition)) is not None:
                watched.setdefault(node, set()).add(condition.state or condition.crawl_state)
    return frozenset(node for node, states in watched.items() if len(states) > 1)


def _both(needs: Sequence[Outcomes]) -> Outcomes:
    """Return what is needed when all of these are."""
    all_needs: Outcomes = {}
    for need in needs:
        for node, states in need.items():
            all_needs[node] = all_needs[node] & states if node in all_needs else states
    return all_needs


def _either(ways: Sequence[Outcomes]) -> Outcomes:
    """Return what is needed whichever of these ways is taken."""
    first, *others = ways or [{}]
    shared = (node for node in first if all(node in way for way in others))
    return {node: frozenset[str]().union(*(way[node] for way in ways)) for node in shared}
