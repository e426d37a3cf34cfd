"""Which outcomes must have come before a trigger fires, and so which two triggers never fire in one run.

Taken as given: a node ends once in a run. Where a node is started twice that does not hold;
but then this is said of that node itself, and what follows from it is not worth a second finding.

What must have come before is one number: of each node of which several ends are watched, a bit for each end that it
may have had, and one for any other end and for none at all. To need several things is to keep the bits that all of
them have, to need any of them is to keep what some have. So a step costs hardly more in a large workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node, started_nodes, watched_nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gluedsl.graph import Node
    from gluedsl.model import Condition, Trigger

MOST_PAIRS = 100_000
"""Pairs of triggers that are compared one by one; of what is left then, nothing is found."""


@dataclass(frozen=True, slots=True)
class Necessity:
    """What must have come before each of some triggers, as far as their predicates tell."""

    by_trigger: Mapping[int, int]
    ends: _Ends

    @staticmethod
    def of(firing: Mapping[int, Trigger], possible: Collection[Node], *, vague: Collection[Node] = ()) -> Necessity:
        """Work it out for the triggers of a workflow that can fire, and the nodes that can start.

        The ends of vague nodes are left out of it.
        It follows the order in which they can; in a circle there is none, and each predicate is taken by itself.
        """
        branches = branching(firing.values())
        ends = _Ends.of({node: states for node, states in branches.items() if node not in vague})
        before_node: dict[Node, int] = {}
        starters: dict[Node, list[int]] = {}
        for index, trigger in firing.items():
            for node in started_nodes(trigger):
                starters.setdefault(node, []).append(index)

        def before_end(condition: Condition) -> int | None:
            """Return what a condition needs; None if it can never hold."""
            node, state = condition_node(condition), condition.state or condition.crawl_state
            if node is None or node not in possible or state is None:
                return None
            return before_node.get(node, ends.every) & ends.only(node, state)

        @cache
        def before(index: int) -> int:
            predicate = firing[index].predicate
            if firing[index].is_start or predicate is None:
                return ends.every
            ways = [way for condition in predicate.conditions if (way := before_end(condition)) is not None]
            return ends.any_of(ways) if predicate.logical == "ANY" else ends.all_of(ways)

        for node in _order(firing, starters, possible):
            if node in starters:
                before_node[node] = ends.any_of([before(index) for index in starters[node]])
        return Necessity({index: before(index) for index in firing}, ends)

    def contradiction(self, index: int) -> Node | None:
        """Return a node of which a trigger needs two ends at once, if there is one."""
        return self.ends.without_end(self.by_trigger[index])

    def exclude(self, first: int, second: int) -> bool:
        """Whether two triggers need different ends of one node, so that at most one of them fires."""
        return self.ends.is_impossible(self.by_trigger[first] & self.by_trigger[second])

    def pairs(self, triggers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of some triggers that can fire in one run.

        One that excludes whatever any of the later ones needs, or any of the earlier ones, is in none:
        that leaves few to be compared, as when each trigger waits for a job to fail that others wait for to succeed.
        """
        needs = [self.by_trigger[index] for index in triggers]
        before = [0, *accumulate(needs, int.__or__)]
        after = [*reversed([*accumulate(reversed(needs), int.__or__)]), 0][1:]
        firsts = [at for at, need in enumerate(needs) if not self.ends.is_impossible(need & after[at])]
        seconds = [at for at, need in enumerate(needs) if not self.ends.is_impossible(need & before[at])]
        in_order = ((triggers[one], triggers[other]) for one in firsts for other in seconds if one < other)
        yield from (pair for pair in islice(in_order, MOST_PAIRS) if not self.exclude(*pair))


@dataclass(frozen=True, slots=True)
class _Ends:
    """Sets of the ends that nodes may have had, as bits."""

    nodes: tuple[Node, ...]
    masks: Mapping[tuple[Node, str], int]
    """By node and end: all bits, but of this node the one of this end."""
    width: int
    """How many bits there are to a node."""
    lowest: int
    """The first bit of each node."""
    every: int
    """All bits: nothing is needed."""

    @staticmethod
    def of(branches: Mapping[Node, Collection[str]]) -> _Ends:
        width = 1 + max((len(states) for states in branches.values()), default=0)
        every = (1 << width * len(branches)) - 1
        own = (1 << width) - 1
        masks = {
            (node, state): every ^ (own ^ 1 << position) << width * at
            for at, (node, states) in enumerate(branches.items())
            for position, state in enumerate(states)
        }
        return _Ends(tuple(branches), masks, width, every // own if branches else 0, every)

    def only(self, node: Node, state: str) -> int:
        return self.masks.get((node, state), self.every)

    def all_of(self, needs: Iterable[int]) -> int:
        kept = self.every
        for need in needs:
            kept &= need
        return kept

    def any_of(self, ways: Sequence[int]) -> int:
        kept = 0 if ways else self.every
        for way in ways:
            kept |= way
        return kept

    def is_impossible(self, need: int) -> bool:
        """Whether there is a node that can have had no end, and not none either."""
        return self._with_some(need) != self.lowest

    def without_end(self, need: int) -> Node | None:
        """Return the first such node."""
        missing = self.lowest ^ self._with_some(need)
        return self.nodes[(missing & -missing).bit_length() // self.width] if missing else None

    def _with_some(self, need: int) -> int:
        """Return the first bit of each node of which any bit is set."""
        some = need
        for shift in range(1, self.width):
            some |= need >> shift
        return some & self.lowest


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


def branching(triggers: Iterable[Trigger]) -> dict[Node, tuple[str, ...]]:
    """Return the nodes of which these triggers watch more than one end, with the ends."""
    watched: dict[Node, dict[str, None]] = {}
    for trigger in triggers:
        for condition in trigger.predicate.conditions if trigger.predicate else ():
            node, state = condition_node(condition), condition.state or condition.crawl_state
            if node is not None and state is not None:
                watched.setdefault(node, {})[state] = None
    return {node: tuple(states) for node, states in watched.items() if len(states) > 1}


def _order(
    firing: Mapping[int, Trigger], starters: Mapping[Node, Sequence[int]], possible: Collection[Node]
) -> Iterable[Node]:
    """Return nodes so that each comes after those that its triggers watch; none where they go round in a circle."""
    watched = {index: [node for node in watched_nodes(one) if node in possible] for index, one in firing.items()}
    waits = {node: {one for index in indexes for one in watched[index]} for node, indexes in starters.items()}
    try:
        return tuple(TopologicalSorter(waits).static_order())
    except CycleError:
        return ()
