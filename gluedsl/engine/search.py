"""A run in which something happens and something else does not: what statements about all runs are settled with.

Comes in: a workflow, what must happen in a run, and what must not. Goes out: such a run, the one with the fewest bad
ends, or None: there is none among all the runs that were looked at.
Pure. Like `explore` it needs policies under which order does not matter, and says how far it has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.engine.combinations import MOST_MOMENTS, Both, Ended, Place, combinations, ends_of
from gluedsl.engine.explore import require_orderless
from gluedsl.engine.net import Net, bits
from gluedsl.engine.policies import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gluedsl.engine.combinations import Way
    from gluedsl.engine.events import EndState
    from gluedsl.engine.net import Start, Turn
    from gluedsl.engine.policies import Policies
    from gluedsl.graph import Node
    from gluedsl.model import Workflow


@dataclass(frozen=True, slots=True)
class Started:
    """A job or crawler is started."""

    node: Node


@dataclass(frozen=True, slots=True)
class EndedIn:
    """A job or crawler ends in a state: one of its runs does, the last attempt counting."""

    node: Node
    state: EndState


Happening = Started | EndedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRun:
    """A run that is as was asked for."""

    ends: tuple[tuple[Start, EndState], ...]
    """How everything ended that was started."""
    bad_ends: int


@dataclass(frozen=True, slots=True)
class _Path:
    """A way through a part of a run, and how many bad ends it takes."""

    bad: int
    way: Way


class RunSearch:
    """All runs of one workflow, to be searched."""

    def __init__(
        self,
        workflow: Workflow,
        *,
        given: Mapping[Node, EndState] | None = None,
        policies: Policies = DEFAULTS,
        most_moments: int = MOST_MOMENTS,
    ) -> None:
        """Look at all runs of a workflow; arguments are those of `explore`."""
        require_orderless(policies)
        self._net = Net(workflow, policies, given or {})
        self._all = combinations(self._net, most_results=1, most_moments=most_moments)
        firsts = {start.trigger for start in self._net.starts} - set(self._net.triggers)
        self._first = frozenset(Started(start.node) for start in self._net.starts if start.trigger in firsts)
        self._starts = [
            frozenset(Started(start.node) for start in self._net.starts if start.trigger == name)
            for name in self._net.triggers
        ]

    @property
    def most_bad_ends(self) -> int | None:
        """Runs with more bad ends were not looked at; None: all were."""
        return self._all.most_bad

    def find(self, needs: Sequence[Happening] = (), forbids: Iterable[Happening] = ()) -> FoundRun | None:
        """Return the run with the fewest bad ends in which all of `needs` happens and nothing of `forbids`."""
        places = {happening: 1 << index for index, happening in enumerate(dict.fromkeys(needs))}
        unwanted = frozenset(forbids)
        if self._first & unwanted:
            return None
        reached: dict[Place, dict[int, _Path]] = {}
        for place, turns in self._all.turns.items():
            reached[place] = self._paths(place, turns, reached, places, unwanted)
        found = _joined([reached[place] for place in self._all.beginning])
        path = _with(found, _mask(self._first, places)).get((1 << len(places)) - 1)
        if path is None:
            return None
        ends = tuple((self._net.starts[number], state) for number, state in ends_of(path.way))
        return FoundRun(ends=ends, bad_ends=path.bad)

    def _paths(
        self,
        place: Place,
        turns: Iterable[Turn],
        reached: Mapping[Place, Mapping[int, _Path]],
        places: Mapping[Happening, int],
        unwanted: frozenset[Happening],
    ) -> dict[int, _Path]:
        """Return, for each set of what is needed, the shortest way on from a place in which just that happens."""
        paths: dict[int, _Path] = {}
        for turn in turns:
            left = None if place.bad_left is None else place.bad_left - turn.is_bad
            started = frozenset[Happening]().union(*(self._starts[trigger] for trigger in bits(turn.fires)))
            if (left is not None and left < 0) or started & unwanted:
                continue
            rest = _joined([reached[Place(moment, left)] for moment in turn.then])
            node = self._net.starts[turn.start].node
            for state in turn.states:
                if EndedIn(node, state) in unwanted:
                    continue
                happens = _mask(started | {EndedIn(node, state)}, places)
                for met, path in rest.items():
                    extended = _Path(path.bad + turn.is_bad, Ended(turn.start, state, path.way))
                    _keep(paths, met | happens, extended)
        return paths


def _mask(happenings: Iterable[Happening], places: Mapping[Happening, int]) -> int:
    mask = 0
    for happening in happenings:
        mask |= places.get(happening, 0)
    return mask


def _joined(parts: Iterable[Mapping[int, _Path]]) -> dict[int, _Path]:
    """Return the ways through parts that have nothing to do with each other."""
    joined = {0: _Path(0, None)}
    for part in parts:
        pairs: dict[int, _Path] = {}
        for met, path in joined.items():
            for also, other in part.items():
                _keep(pairs, met | also, _Path(path.bad + other.bad, Both(path.way, other.way)))
        joined = pairs
    return joined


def _with(paths: Mapping[int, _Path], mask: int) -> dict[int, _Path]:
    merged: dict[int, _Path] = {}
    for met, path in paths.items():
        _keep(merged, met | mask, path)
    return merged


def _keep(paths: dict[int, _Path], met: int, path: _Path) -> None:
    known = paths.get(met)
    if known is None or path.bad < known.bad:
        paths[met] = path
