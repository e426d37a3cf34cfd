"""Which triggers never fire in one run, compared with all runs that there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import condition_node, started_nodes
from gluedsl.rules.graph import exclusion
from gluedsl.rules.graph.exclusion import Necessity
from tests.support.rules import after, node, project, start, told, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.graph import Node
    from gluedsl.model import Trigger, Workflow

JOBS = tuple(f"job j{number}" for number in range(6))
STATES = ("SUCCEEDED", "FAILED", "TIMEOUT")


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Make up a workflow without circles, in which branches part, join, and start things twice."""
    triggers = [start("s", *draw(st.lists(st.sampled_from(JOBS[:3]), min_size=1, max_size=2, unique=True)))]
    for number in range(draw(st.integers(1, 7))):
        last = draw(st.integers(1, len(JOBS) - 1))
        ends = st.tuples(st.sampled_from(JOBS[:last]), st.sampled_from(STATES)).map(" ".join)
        watched = draw(st.lists(ends, min_size=1, max_size=3, unique=True))
        started = draw(st.lists(st.sampled_from(JOBS[last:]), min_size=1, max_size=2, unique=True))
        logical = draw(st.sampled_from(("AND", "ANY")))
        triggers.append(after(f"t{number}", watched, *started, logical=logical))
    return workflow(*triggers)


def fired(of: Workflow, ends: Mapping[Node, str]) -> frozenset[int]:
    """Return the triggers that fire in the run in which nodes end as is said, if they start."""
    gone: set[int] = set()
    begun: set[Node] = set()
    while True:
        due = {index for index, one in enumerate(of.triggers) if index not in gone and _is_due(one, begun, ends)}
        if not due:
            return frozenset(gone)
        gone |= due
        begun.update(started for index in due for started in started_nodes(of.triggers[index]))


def _is_due(trigger: Trigger, begun: set[Node], ends: Mapping[Node, str]) -> bool:
    if trigger.predicate is None:
        return True
    held = [
        (one := condition_node(condition)) is not None and one in begun and ends[one] == condition.state
        for condition in trigger.predicate.conditions
    ]
    return any(held) if trigger.predicate.logical == "ANY" else all(held)


def runs(of: Workflow) -> Iterator[frozenset[int]]:
    """Yield the triggers that fire, for every way in which nodes can end."""
    nodes = [node(shown) for shown in JOBS]
    for states in product((*STATES, "STOPPED"), repeat=len(nodes)):
        yield fired(of, dict(zip(nodes, states, strict=True)))


Needs = dict["Node", frozenset[str]]


@dataclass
class Plainly:
    """The same as `Necessity`, told by sets: of each node that branches, the ends of which it must have had one."""

    of: Workflow

    def __post_init__(self) -> None:
        self.possible = startable(self.of)
        self.branches: dict[Node, set[str]] = defaultdict(set)
        for trigger in self.of.triggers:
            for condition in trigger.predicate.conditions if trigger.predicate else ():
                self.branches[node(f"job {condition.job_name}")].add(str(condition.state))
        self.firing = {index: one for index, one in enumerate(self.of.triggers) if self.can_fire(one)}

    def can_fire(self, trigger: Trigger) -> bool:
        """Whether some run fires it, as far as its nodes can start at all."""
        if trigger.predicate is None:
            return True
        held = [condition_node(one) in self.possible for one in trigger.predicate.conditions]
        return any(held) if trigger.predicate.logical == "ANY" else all(held)

    def before_node(self, one: Node) -> Needs:
        """Return what a node needs."""
        return self.any_of([self.before(trigger) for trigger in self.firing.values() if one in started_nodes(trigger)])

    def before(self, trigger: Trigger) -> Needs:
        """Return what a trigger needs."""
        if trigger.predicate is None:
            return {}
        ways = []
        for condition in trigger.predicate.conditions:
            one = node(f"job {condition.job_name}")
            if one in self.possible:
                own = {one: frozenset({str(condition.state)})} if len(self.branches[one]) > 1 else {}
                ways.append(self.all_of([self.before_node(one), own]))
        return self.any_of(ways) if trigger.predicate.logical == "ANY" else self.all_of(ways)

    @staticmethod
    def all_of(needs: list[Needs]) -> Needs:
        """Return what is needed where all of these are."""
        kept: Needs = {}
        for need in needs:
            for one, ends in need.items():
                kept[one] = kept.get(one, ends) & ends
        return kept

    @staticmethod
    def any_of(ways: list[Needs]) -> Needs:
        """Return what is needed whichever of these is."""
        shared = set.intersection(*(set(way) for way in ways)) if ways else set()
        return {one: frozenset[str]().union(*(way[one] for way in ways)) for one in shared}


def necessity(plainly: Plainly) -> Necessity:
    """Return what is under test."""
    return Necessity.of(plainly.firing, plainly.possible)


@given(workflows())
@settings(deadline=None, max_examples=200)
def test_bits_say_what_sets_say(made_up: Workflow) -> None:
    """Of each trigger whether it contradicts itself, and of each pair that do not whether they exclude each other."""
    plainly = Plainly(made_up)
    found = necessity(plainly)
    needs = {index: plainly.before(trigger) for index, trigger in plainly.firing.items()}

    impossible = {index for index, need in needs.items() if not all(need.values())}
    assert {index for index in needs if found.contradiction(index) is not None} == impossible
    assert all(needs[index][one] == frozenset() for index in impossible if (one := found.contradiction(index)))
    for first, second in combinations(sorted(set(needs) - impossible), 2):
        differ = any(ends.isdisjoint(needs[second].get(one, ends)) for one, ends in needs[first].items())
        assert found.exclude(first, second) == differ


@given(workflows())
@settings(deadline=None, max_examples=25)
def test_what_is_excluded_never_comes_together(made_up: Workflow) -> None:
    """In no run do two triggers fire that exclude each other, nor one that contradicts itself."""
    found = necessity(Plainly(made_up))
    together = {pair for gone in set(runs(made_up)) for pair in product(gone, repeat=2)}

    assert {(one, other) for one, other in together if one != other and found.exclude(one, other)} == set()
    assert {one for one, _ in together if found.contradiction(one) is not None} == set()


@given(workflows())
@settings(deadline=None, max_examples=200)
def test_pairs_are_all_that_do_not_exclude_each_other(made_up: Workflow) -> None:
    """In the order of the triggers, whatever is left out for being excluded by all the others."""
    found = necessity(Plainly(made_up))
    indexes = sorted(found.by_trigger)

    expected = [pair for pair in combinations(indexes, 2) if not found.exclude(*pair)]
    assert list(found.pairs(indexes)) == expected


@pytest.mark.parametrize("order", [1, -1])
def test_many_triggers_that_exclude_each_other_are_not_compared(order: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that every failure in a chain of 300 starts is judged without a comparison of all pairs."""
    monkeypatch.setattr(exclusion, "MOST_PAIRS", 0)
    chain = [after(f"t{number}", [f"job j{number}"], f"job j{number + 1}") for number in range(300)]
    pages = [after(f"p{number}", [f"job j{number} FAILED"], "job page") for number in range(300)]
    parallel = after("twice", ["job j7"], "job page")
    failing = workflow(start("s", "job j0"), *chain, *pages[::order])
    possible = startable(failing)
    found = Necessity.of(dict(enumerate(failing.triggers)), possible)
    of_page = range(1 + len(chain), len(failing.triggers))

    undecided = [one for one in of_page if any(not found.exclude(one, other) for other in of_page if other != one)]
    assert undecided == []
    assert "GR004" not in told(project(failing))
    monkeypatch.setattr(exclusion, "MOST_PAIRS", 100_000)
    assert "GR004" in told(project(workflow(*failing.triggers, parallel)))
