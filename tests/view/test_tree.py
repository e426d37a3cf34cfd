"""Where triggers stand when a workflow is written down as lines."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from gluedsl.graph.build import started_nodes, watched_nodes
from gluedsl.model import Workflow
from gluedsl.view.tree import placed
from tests.support.scenes import SALES, ended, job, start, when, workflows


def _lines(workflow: Workflow) -> list[str]:
    return [f"{'| ' * len(place.rails)}{place.trigger.name}: {place.turn}" for place in placed(workflow)]


def test_the_longest_way_goes_straight_on() -> None:
    """A failure branch stands aside; what more follows from goes straight on below it."""
    assert _lines(SALES) == [
        "nightly-sales-start: root",
        "| nightly-sales-trouble: branch",
        "nightly-sales-after-load-customers-and-load-orders: onward",
        "nightly-sales-after-sales-catalog: onward",
    ]


def test_equal_branches_stand_side_by_side() -> None:
    """Branches that nothing follows from are all indented, in the order in which they were declared."""
    triggers = (start("go", job("a")), when("x", [ended("a")], job("b")), when("y", [ended("a", "FAILED")], job("c")))

    assert _lines(Workflow(name="w", triggers=triggers)) == ["go: root", "| x: branch", "| y: last branch"]


def test_of_equal_ways_the_good_one_goes_on() -> None:
    """Where as much follows from a failure as from a success, the success goes straight on."""
    triggers = (
        start("go", job("a")),
        when("bad", [ended("a", "FAILED")], job("b")),
        when("bad-2", [ended("b")], job("c")),
        when("good", [ended("a")], job("d")),
        when("good-2", [ended("d")], job("e")),
    )

    assert _lines(Workflow(name="w", triggers=triggers)) == [
        "go: root",
        "| bad: branch",
        "| bad-2: onward",
        "good: onward",
        "good-2: onward",
    ]


def test_a_join_stands_below_where_its_branches_parted() -> None:
    """A trigger that waits for several branches comes after all of them, whatever was declared first."""
    triggers = (
        when("join", [ended("b2"), ended("c")], job("end")),
        when("b2", [ended("b")], job("b2")),
        when("b", [ended("a")], job("b")),
        when("c", [ended("a", "FAILED")], job("c")),
        start("go", job("a")),
    )

    assert _lines(Workflow(name="w", triggers=triggers)) == [
        "go: root",
        "| b: branch",
        "| b2: onward",
        "| c: branch",
        "| join: last branch",
    ]


def test_several_starts_and_what_hangs_on_both() -> None:
    """Each start is a root of its own, and so is what waits for nodes of both."""
    triggers = (start("one", job("a")), start("two", job("b")), when("join", [ended("a"), ended("b")], job("c")))

    assert _lines(Workflow(name="w", triggers=triggers)) == ["one: root", "two: root", "join: root"]


def test_a_cycle_is_cut_open() -> None:
    """Of a cycle, the trigger that hangs on what stands already comes first."""
    triggers = (
        when("cd", [ended("c")], job("d")),
        when("bc", [ended("b"), ended("a"), ended("d")], job("c")),
        start("go", job("a")),
        when("self", [ended("e")], job("e")),
    )

    assert _lines(Workflow(name="w", triggers=triggers)) == ["go: root", "bc: onward", "cd: onward", "self: root"]


@given(workflows())
def test_every_trigger_stands_once(workflow: Workflow) -> None:
    """Whatever the shape, each trigger is written down once, with what it starts."""
    places = placed(workflow)

    assert sorted(map(repr, workflow.triggers)) == sorted(repr(place.trigger) for place in places)
    assert all(place.starts == started_nodes(place.trigger) for place in places)


@given(workflows())
def test_lines_meet(workflow: Workflow) -> None:
    """A line that runs on leads to a trigger, and no trigger hangs on a line that has ended."""
    places = placed(workflow)

    for place, following in pairwise((*places, None)):
        assert place is not None
        if following is None or following.turn == "root":
            assert not place.goes_on
            assert not any(place.rails)
        else:
            open_lines = (*place.rails, place.goes_on)
            depth = len(following.rails)
            assert open_lines[depth if following.turn == "onward" else depth - 1]
            assert not any(open_lines[depth + 1 :])


@given(workflows())
def test_a_trigger_stands_after_what_it_watches(workflow: Workflow) -> None:
    """Where a workflow has no cycle, a trigger stands after every trigger that starts what it watches."""
    places = placed(workflow)
    position = {id(place.trigger): number for number, place in enumerate(places)}
    starters = {node: [t for t in workflow.triggers if node in started_nodes(t)] for p in places for node in p.starts}
    behind = {
        id(trigger): [] if trigger.is_start else [s for n in watched_nodes(trigger) for s in starters.get(n, [])]
        for trigger in workflow.triggers
    }
    late = [t for t in workflow.triggers if any(position[id(s)] >= position[id(t)] for s in behind[id(t)])]

    reached = {id(trigger): {id(s) for s in behind[id(trigger)]} for trigger in workflow.triggers}
    for _ in workflow.triggers:
        reached = {t: others | {far for other in others for far in reached[other]} for t, others in reached.items()}
    assert not late or any(t in others for t, others in reached.items())
