"""Where each trigger stands when a workflow is written down as lines.

Comes in: a graph. Goes out: every trigger once, with what it starts, in an order in which a trigger stands after all
that it watches, as far as there is no cycle. A trigger that waits for several branches stands below where they parted.
What follows from a trigger goes on straight down if it is one thing, or the longest; the rest branches off. So a chain
of any length needs no indentation, and a picture is as wide as its branches are deep.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gluedsl.graph import started_when_all_succeed
from gluedsl.graph.build import started_nodes, watched_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow

Turn = Literal["root", "onward", "branch", "last branch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A trigger at its place."""

    trigger: Trigger
    starts: tuple[Node, ...]
    turn: Turn
    """How it is reached: from nothing, straight on from the line above, or off that line (for the last time)."""
    rails: tuple[bool, ...]
    """For each line to the left of its own, whether that runs on beside it."""
    goes_on: bool
    """Whether its own line runs on below it."""


def placed(workflow: Workflow) -> tuple[Placed, ...]:
    """Return the triggers of a workflow in the order in which to write them down."""
    return _Tree(workflow.triggers, started_when_all_succeed(workflow)).lines()


@dataclass(slots=True)
class _Spot:
    """What is known of one trigger while the tree grows."""

    parent: int | None
    depth: int
    children: list[int] = field(default_factory=list)
    is_awaited: bool = False
    """Whether a trigger beside it, of the same parent, waits for something below it."""
    weight: int = 1


class _Tree:
    def __init__(self, triggers: Sequence[Trigger], expected: frozenset[Node]) -> None:
        self._triggers = triggers
        self._starts = [started_nodes(trigger) for trigger in triggers]
        self._expected = [any(node in expected for node in starts) for starts in self._starts]
        starters: dict[Node, list[int]] = defaultdict(list)
        for index, nodes in enumerate(self._starts):
            for node in nodes:
                starters[node].append(index)
        self._before: list[list[int]] = []
        """By trigger: the triggers that start what it watches."""
        for index, trigger in enumerate(triggers):
            found = dict.fromkeys(i for node in watched_nodes(trigger) for i in starters[node])
            self._before.append([] if trigger.is_start else [i for i in found if i != index])
        self._spots: dict[int, _Spot] = {}
        self._roots: list[int] = []

    def lines(self) -> tuple[Placed, ...]:
        order = self._order()
        for index in order:
            self._place(index)
        for index in reversed(order):
            spot = self._spots[index]
            if spot.parent is not None:
                self._spots[spot.parent].weight += spot.weight
        found: list[Placed] = []
        waiting: list[tuple[int, Turn, tuple[bool, ...]]] = [(i, "root", ()) for i in reversed(self._roots)]
        while waiting:
            index, turn, rails = waiting.pop()
            asides, onward = self._following(index)
            found.append(
                Placed(
                    trigger=self._triggers[index],
                    starts=self._starts[index],
                    turn=turn,
                    rails=rails,
                    goes_on=bool(asides) or onward is not None,
                )
            )
            if onward is not None:
                waiting.append((onward, "onward", rails))
            for number, aside in enumerate(reversed(asides)):
                is_last = number == 0 and onward is None
                waiting.append((aside, "last branch" if is_last else "branch", (*rails, not is_last)))
        return tuple(found)

    def _order(self) -> list[int]:
        """Order the triggers after what they watch, start triggers first, then as declared.

        Where only a cycle is left it is cut open, if possible behind something that has its place already.
        """
        missing = [set(before) for before in self._before]
        after: dict[int, list[int]] = defaultdict(list)
        for index, before in enumerate(self._before):
            for other in before:
                after[other].append(index)
        ready = [(not self._triggers[i].is_start, i) for i, others in enumerate(missing) if not others]
        heapq.heapify(ready)
        left = dict.fromkeys(range(len(missing)))
        order: list[int] = []
        while left:
            if ready:
                _, index = heapq.heappop(ready)
            else:
                index = next((i for i in left if len(missing[i]) < len(self._before[i])), next(iter(left)))
            del left[index]
            order.append(index)
            for other in after[index]:
                missing[other].discard(index)
                if not missing[other] and other in left:
                    heapq.heappush(ready, (not self._triggers[other].is_start, other))
        return order

    def _place(self, index: int) -> None:
        """Put a trigger below the nearest one that all it waits for has in common."""
        before = [other for other in self._before[index] if other in self._spots]
        parent = before[0] if before else None
        for other in before[1:]:
            parent = self._common(parent, other)
        for other in before:
            if other != parent:
                self._spots[self._below(parent, other)].is_awaited = True
        if parent is None:
            self._roots.append(index)
            self._spots[index] = _Spot(parent=None, depth=0)
        else:
            self._spots[parent].children.append(index)
            self._spots[index] = _Spot(parent=parent, depth=self._spots[parent].depth + 1)

    def _below(self, parent: int | None, index: int) -> int:
        """Return the child of `parent` that `index` is, or stands below of."""
        while (above := self._spots[index].parent) != parent and above is not None:
            index = above
        return index

    def _common(self, one: int | None, other: int | None) -> int | None:
        while one != other:
            if one is None or other is None:
                return None
            if self._spots[one].depth >= self._spots[other].depth:
                one = self._spots[one].parent
            else:
                other = self._spots[other].parent
        return one

    def _following(self, index: int) -> tuple[list[int], int | None]:
        """Return what branches off below a trigger, and what goes straight on."""
        children = self._spots[index].children
        if len(children) == 1:
            return [], children[0]
        free = [i for i in children if not self._spots[i].is_awaited and self._spots[i].children]
        if not free:
            return children, None
        onward = max(free, key=lambda i: (self._spots[i].weight, self._expected[i], -i))
        return [i for i in children if i != onward], onward
