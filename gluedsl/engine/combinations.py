"""All runs of a net at once: how many there are, what they can lead to, and the shortest way to each.

Comes in: a net. Goes out: for every moment that a run can come to, what may still become of it.

A run is a tree of turns; but moments recur, and parts of a moment that have nothing to do with each other are looked at
one by one. So thirty independent jobs are thirty small questions and not 2 to the power of 30. Where even that is too
much, only runs with few bad ends are looked at, and `Combinations.most_bad` says how few.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gluedsl.engine.events import EndState
    from gluedsl.engine.net import Moment, Net, Turn

MOST_MOMENTS = 20_000
"""Of one exploration; a workflow of fifty nodes has some hundreds, a very tangled one a hundred thousand."""


class Place(NamedTuple):
    """A moment, and how many bad ends it may still see; None: any number."""

    moment: Moment
    bad_left: int | None


class Ended(NamedTuple):
    """A way through a run, from its end backwards: one start ended like this, after `before`."""

    start: int
    state: EndState
    then: Way


class Both(NamedTuple):
    """Ways through two parts of a run that have nothing to do with each other."""

    one: Way
    other: Way


Way = Ended | Both | None


class Result(NamedTuple):
    """What runs can lead to, with the fewest bad ends that do."""

    fires: int
    """The triggers that fire in it, and no others."""
    bad: int
    """How many bad ends it takes."""
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What may become of a moment."""

    runs: tuple[int, ...]
    """How many runs there are: of any number of bad ends, or by their number where that is limited."""
    fires: int
    """The triggers that fire in some of them."""
    results: tuple[Result, ...]
    """Those with the fewest bad ends in front."""
    spoilt: Result | None = None
    """The shortest way to what also comes about when all goes well, but with a bad end; None: there is no way."""
    is_cut: bool = False
    """Whether there are more results."""


_NOTHING = Prospect(runs=(1,), fires=0, results=(Result(fires=0, bad=0, way=None),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """All runs of a net."""

    net: Net
    turns: dict[Place, tuple[Turn, ...]]
    """By place, those that can come first behind those that they lead to."""
    prospects: dict[Place, Prospect]
    beginning: tuple[Place, ...]
    whole: Prospect
    most_bad: int | None
    """Runs with more bad ends are left out; None: no run is."""

    def shortest(self, wanted: Callable[[Turn], bool], allowed: Callable[[Turn], bool]) -> Result | None:
        """Return the shortest way through a run with a wanted turn in it and only allowed ones; None: there is none."""
        free: dict[Place, Result | None] = {}
        found: dict[Place, Result | None] = {}
        for place, turns in self.turns.items():
            may = [turn for turn in turns if allowed(turn) and _is_within(place, turn)]
            frees, founds = [], []
            for turn in may:
                then = _then(place, turn)
                rest = _sum([free[one] for one in then])
                frees.append(_with(turn, rest))
                founds += (
                    [_with(turn, rest)] if wanted(turn) else [_with(turn, one) for one in _one_of(then, free, found)]
                )
            free[place] = _least(frees)
            found[place] = _least(founds)
        return _least(_one_of(self.beginning, free, found))


def combinations(net: Net, *, most_results: int, most_moments: int = MOST_MOMENTS) -> Combinations:
    """Look at every run; if there are too many moments for that, at those with at most 1, 2, 3... bad ends."""
    explored = _explored(net, None, most_results, most_moments)
    if explored is not None:
        return explored
    best = _explored(net, 0, most_results, None)
    limit = 1
    while (more := _explored(net, limit, most_results, most_moments)) is not None:
        best = more
        limit += 1
    assert best is not None  # noqa: S101 -- without a limit there is an answer
    return best


def _explored(net: Net, most_bad: int | None, most_results: int, most_moments: int | None) -> Combinations | None:
    """Return None if there are too many moments."""
    beginning = tuple(Place(moment, most_bad) for moment in net.beginning())
    turns: dict[Place, tuple[Turn, ...]] = {}
    of_moment: dict[Moment, tuple[Turn, ...]] = {}
    ahead = list(beginning)
    while ahead:
        place = ahead.pop()
        if place in turns:
            continue
        if place.moment not in of_moment:
            of_moment[place.moment] = net.turns(place.moment)
        turns[place] = of_moment[place.moment]
        if most_moments is not None and len(turns) > most_moments:
            return None
        ahead += [after for turn in turns[place] if _is_within(place, turn) for after in _then(place, turn)]
    ordered = sorted(turns, key=lambda place: net.size(place.moment))
    prospects: dict[Place, Prospect] = {}
    for place in ordered:
        prospects[place] = _prospect(place, turns[place], prospects, most_results)
    return Combinations(
        net=net,
        turns={place: turns[place] for place in ordered},
        prospects=prospects,
        beginning=beginning,
        whole=_joined([prospects[place] for place in beginning], most_results, most_bad),
        most_bad=most_bad,
    )


def _is_within(place: Place, turn: Turn) -> bool:
    return not turn.is_bad or place.bad_left is None or place.bad_left > 0


def _then(place: Place, turn: Turn) -> tuple[Place, ...]:
    left = None if place.bad_left is None else place.bad_left - turn.is_bad
    return tuple(Place(moment, left) for moment in turn.then)


def _prospect(place: Place, turns: Iterable[Turn], prospects: dict[Place, Prospect], most_results: int) -> Prospect:
    runs: tuple[int, ...] = ()
    fires = 0
    results: dict[int, Result] = {}
    spoilt: list[Result] = []
    is_cut = False
    good = [turn for turn in turns if not turn.is_bad]
    bad = [turn for turn in turns if turn.is_bad and _is_within(place, turn)]
    # Of equally short ways the one that comes last counts: so the earliest bad end, in its most common form.
    for turn in (*good, *reversed(bad)):
        left = None if place.bad_left is None else place.bad_left - turn.is_bad
        after = _joined([prospects[one] for one in _then(place, turn)], most_results, left)
        counts = tuple(turn.weight * count for count in after.runs)
        runs = _added(runs, (0, *counts) if turn.is_bad and left is not None else counts)
        fires |= turn.fires | after.fires
        is_cut = is_cut or after.is_cut
        for result in after.results:
            mine = _extended(turn, result)
            known = results.get(mine.fires)
            if known is None or mine.bad <= known.bad:
                results[mine.fires] = mine
            elif known.bad == 0:
                spoilt.append(mine)
        if after.spoilt is not None and not turn.is_bad:
            spoilt.append(_extended(turn, after.spoilt))
    ordered = sorted(results.values(), key=lambda result: result.bad)
    return Prospect(
        runs=runs,
        fires=fires,
        results=tuple(ordered[:most_results]),
        spoilt=min(reversed(spoilt), key=lambda result: result.bad, default=None),
        is_cut=is_cut or len(ordered) > most_results,
    )


def _extended(turn: Turn, result: Result) -> Result:
    way = Ended(turn.start, turn.states[0], result.way)
    return Result(turn.fires | result.fires, turn.is_bad + result.bad, way)


def _joined(parts: Sequence[Prospect], most_results: int, most_bad: int | None) -> Prospect:
    """Return what may become of parts that have nothing to do with each other: every combination."""
    return reduce(lambda one, other: _product(one, other, most_results, most_bad), parts, _NOTHING)


def _product(one: Prospect, other: Prospect, most_results: int, most_bad: int | None) -> Prospect:
    if one is _NOTHING:
        return other
    paired = _pairs(one.results, other.results)
    results: list[Result] = []
    is_cut = one.is_cut or other.is_cut
    for pair in paired:
        if most_bad is not None and pair.bad > most_bad:
            break
        if len(results) == most_results:
            is_cut = True
            break
        results.append(pair)
    spoilt = [_both(a, b) for a, b in ((one.spoilt, _good(other)), (_good(one), other.spoilt)) if a and b]
    spoilt = [result for result in spoilt if most_bad is None or result.bad <= most_bad]
    return Prospect(
        runs=_multiplied(one.runs, other.runs, most_bad),
        fires=one.fires | other.fires,
        results=tuple(results),
        spoilt=min(spoilt, key=lambda result: result.bad, default=None),
        is_cut=is_cut,
    )


def _pairs(ones: Sequence[Result], others: Sequence[Result]) -> Iterator[Result]:
    """Yield every pair, those with the fewest bad ends first, without making those that nobody asks for."""
    heap = [(ones[0].bad + others[0].bad, 0, 0)] if ones and others else []
    while heap:
        _, row, column = heapq.heappop(heap)
        yield _both(ones[row], others[column])
        if column == 0 and row + 1 < len(ones):
            heapq.heappush(heap, (ones[row + 1].bad + others[0].bad, row + 1, 0))
        if column + 1 < len(others):
            heapq.heappush(heap, (ones[row].bad + others[column + 1].bad, row, column + 1))


def _both(one: Result, other: Result) -> Result:
    return Result(one.fires | other.fires, one.bad + other.bad, Both(one.way, other.way))


def _good(prospect: Prospect) -> Result | None:
    """Return what comes about when all goes well."""
    return prospect.results[0] if prospect.results and prospect.results[0].bad == 0 else None


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return tuple(count + (shorter[index] if index < len(shorter) else 0) for index, count in enumerate(longer))


def _multiplied(one: tuple[int, ...], other: tuple[int, ...], most_bad: int | None) -> tuple[int, ...]:
    counts = [0] * max(len(one) + len(other) - 1, 0)
    for row, count in enumerate(one):
        for column, times in enumerate(other):
            counts[row + column] += count * times
    return tuple(counts if most_bad is None else counts[: most_bad + 1])


def _sum(results: Iterable[Result | None]) -> Result | None:
    total = Result(fires=0, bad=0, way=None)
    for result in results:
        if result is None:
            return None
        total = _both(total, result)
    return total


def _with(turn: Turn, rest: Result | None) -> Result | None:
    return None if rest is None else _extended(turn, rest)


def _least(results: Iterable[Result | None]) -> Result | None:
    return min((result for result in results if result is not None), key=lambda result: result.bad, default=None)


def _one_of(
    places: Sequence[Place], free: dict[Place, Result | None], found: dict[Place, Result | None]
) -> Iterator[Result | None]:
    """Yield the ways through several parts with what is wanted in one of them."""
    for chosen in places:
        if found[chosen] is not None:
            yield _sum([found[place] if place == chosen else free[place] for place in places])


def ends_of(way: Way) -> list[tuple[int, EndState]]:
    """Return how each start ends on a way, in the order of the starts."""
    ends = []
    ahead = [way]
    while ahead:
        match ahead.pop():
            case Ended(start, state, then):
                ends.append((start, state))
                ahead.append(then)
            case Both(one, other):
                ahead += [one, other]
            case None:
                pass
    return sorted(ends)
