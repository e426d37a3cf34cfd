"""What follows from a workflow's graph."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.graph import Edge, Node, WorkflowGraph, cycles, started_when_all_succeed
from gluedsl.graph.algorithms import Upstream, downstream, loops, startable
from tests.support.rules import after, node, start, workflow

if TYPE_CHECKING:
    from gluedsl.model import Trigger, Workflow

START = start("s", "job a", "job b")


def names(nodes: frozenset[Node]) -> set[str]:
    """Return the names of nodes."""
    return {one.name for one in nodes}


def upstream(graph: WorkflowGraph, one: Node) -> frozenset[Node]:
    """Return what a node may have to wait for."""
    found = Upstream.of(graph)
    return frozenset(other for other in graph.nodes if found.by_node[one] & found.bits[other])


@pytest.mark.parametrize(
    ("triggers", "expected"),
    [
        ([START], {"a", "b"}),
        ([after("t", ["job a"], "job c")], set()),
        ([START, after("t", ["job a FAILED"], "job c"), after("u", ["job c STOPPED"], "job d")], {"a", "b", "c", "d"}),
        ([START, after("t", ["job a", "job x"], "job c")], {"a", "b"}),
        ([START, after("t", ["job a", "job x"], "job c", logical="ANY")], {"a", "b", "c"}),
        ([START, after("t", ["job a", "job b"], "job c")], {"a", "b", "c"}),
        ([START, after("t", ["job a", "job a FAILED"], "job c")], {"a", "b", "c"}),
        ([START, after("t", ["job a", "job b"], "job c", logical=None)], {"a", "b", "c"}),
        ([START, after("t", [], "job c")], {"a", "b"}),
        ([START, after("t", ["job a"], "job c", enabled=False)], {"a", "b"}),
        ([START, after("t", ["job d"], "job c"), after("u", ["job c"], "job d")], {"a", "b"}),
        ([START, after("t", ["job a", "job d"], "job c", logical="ANY"), after("u", ["job c"], "job d")], set("abcd")),
        ([after("t", ["job a"], "job c"), START], {"a", "b", "c"}),
        ([START, start("second", "job c")], {"a", "b", "c"}),
    ],
)  # fmt: skip
def test_startable(triggers: list[Trigger], expected: set[str]) -> None:
    """What some run can start, whatever its outcomes."""
    assert expected == names(startable(workflow(*triggers)))


@pytest.mark.parametrize(
    ("triggers", "expected"),
    [
        ([START, after("t", ["job a"], "job c")], {"a", "b", "c"}),
        ([START, after("t", ["job a FAILED"], "job c")], {"a", "b"}),
        ([START, after("t", ["job a", "job b FAILED"], "job c")], {"a", "b"}),
        ([START, after("t", ["job a", "job b FAILED"], "job c", logical="ANY")], {"a", "b", "c"}),
        ([START, after("t", ["job a FAILED"], "job c"), after("u", ["job c"], "job d")], {"a", "b"}),
        ([start("s", "crawler a"), after("t", ["crawler a"], "job c")], {"a", "c"}),
        ([start("s", "crawler a"), after("t", ["crawler a CANCELLED"], "job c")], {"a"}),
    ],
)
def test_started_when_all_succeed(triggers: list[Trigger], expected: set[str]) -> None:
    """Failure branches have no reason to start."""
    assert expected == names(started_when_all_succeed(workflow(*triggers)))


def ways(*triggers: Trigger) -> list[list[str]]:
    """Return the names along each circle."""
    return [[one.name for one in way] for way in cycles(WorkflowGraph.of(workflow(*triggers)))]


def test_cycles() -> None:
    """Each way follows the edges, from its first trigger, and the end is not repeated."""
    a_to_b, b_to_c = after("t1", ["job a"], "job b"), after("t2", ["job b"], "job c")
    c_to_a, c_to_c = after("t3", ["job c"], "job a"), after("t4", ["job c"], "job c")

    assert ways(START, a_to_b, b_to_c) == []
    assert ways(START, a_to_b, b_to_c, c_to_a) == [["t1", "b", "t2", "c", "t3", "a"]]
    assert ways(c_to_a, b_to_c, a_to_b, START) == [["t3", "a", "t1", "b", "t2", "c"]]
    assert ways(START, c_to_c) == [["t4", "c"]]


def test_cycles_share_no_node() -> None:
    """Two circles through one node are told one at a time."""
    to_b, from_b = after("t1", ["job a"], "job b"), after("t2", ["job b"], "job a")
    to_c, from_c = after("t3", ["job a"], "job c"), after("t4", ["job c"], "job a")
    to_e, from_e = after("t5", ["job d"], "job e"), after("t6", ["job e"], "job d")
    found = ways(START, to_b, from_b, to_c, from_c, to_e, from_e)

    assert len(found) == 2
    assert ["t5", "e", "t6", "d"] in found


def test_upstream_and_downstream() -> None:
    """Everything on the way, triggers too, but not what stands beside it; of itself only in a circle."""
    triggers = [START, after("t", ["job a"], "job c"), after("u", ["job c", "job b"], "crawler d")]
    graph = WorkflowGraph.of(workflow(*triggers))
    circle = WorkflowGraph.of(workflow(after("t", ["job a"], "job b"), after("u", ["job b"], "job a")))

    assert {"s", "a", "t"} == names(upstream(graph, node("job c")))
    assert {"s", "a", "t", "c", "b", "u"} == names(upstream(graph, node("crawler d")))
    assert set() == names(upstream(graph, Node("TRIGGER", "s")))
    assert {"u", "d"} == names(downstream(graph, node("job b")))
    assert set() == names(downstream(graph, node("crawler d")))
    assert {"a", "b", "t", "u"} == names(upstream(circle, node("job a")))


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Make up a workflow, with circles, joins and waits in vain."""
    nodes = [f"job j{number}" for number in range(6)]
    triggers = [start("s", *draw(st.lists(st.sampled_from(nodes), max_size=2, unique=True)))]
    for number in range(draw(st.integers(0, 7))):
        watched = draw(st.lists(st.sampled_from(nodes), max_size=3, unique=True))
        started = draw(st.lists(st.sampled_from(nodes), max_size=2, unique=True))
        states = draw(st.sampled_from(("SUCCEEDED", "FAILED")))
        logical = draw(st.sampled_from(("AND", "ANY")))
        conditions = [f"{one} {states}" for one in watched]
        triggers.append(after(f"t{number}", conditions, *started, logical=logical, enabled=draw(st.booleans())))
    return workflow(*triggers)


@given(workflows())
@settings(deadline=None)
def test_startable_is_the_least_fixpoint(made_up: Workflow) -> None:
    """Told the slow way: fire what can fire, until nothing more does."""
    started: set[str] = set()
    while True:
        fired = [
            trigger
            for trigger in made_up.triggers
            if trigger.predicate is None
            or (
                trigger.enabled
                and trigger.predicate.conditions
                and (any if trigger.predicate.logical == "ANY" else all)(
                    condition.job_name in started for condition in trigger.predicate.conditions
                )
            )
        ]
        more = {action.job_name for trigger in fired for action in trigger.actions if action.job_name}
        if more <= started:
            break
        started |= more

    assert started == names(startable(made_up))
    assert started_when_all_succeed(made_up) <= startable(made_up)


@given(workflows())
@settings(deadline=None)
def test_cycles_are_ways_along_edges(made_up: Workflow) -> None:
    """There is one exactly where something leads back to itself, and no node is on two."""
    graph = WorkflowGraph.of(made_up)
    found = cycles(graph)
    on_cycles = [one for way in found for one in way]

    assert len(on_cycles) == len(set(on_cycles))
    for way in found:
        assert way[0].type == "TRIGGER"
        assert all(Edge(*step) in graph.edges for step in pairwise((*way, way[0])))
    assert bool(found) == any(one in downstream(graph, one) for one in graph.nodes)


@given(workflows())
@settings(deadline=None)
def test_upstream_is_downstream_seen_from_the_other_end(made_up: Workflow) -> None:
    """For any two nodes."""
    graph = WorkflowGraph.of(made_up)

    for one in graph.nodes:
        assert all((one in upstream(graph, other)) == (other in downstream(graph, one)) for other in graph.nodes)


@given(workflows())
@settings(deadline=None, max_examples=200)
def test_loops_are_what_leads_back_to_itself(made_up: Workflow) -> None:
    """Nodes on a way round have a number, and two have the same where each leads to the other."""
    graph = WorkflowGraph.of(made_up)
    found, after_it = loops(graph), {one: downstream(graph, one) for one in graph.nodes}

    assert set(found) == {one for one in graph.nodes if one in after_it[one]}
    for one in found:
        together = {other for other in found if other in after_it[one] and one in after_it[other]}
        assert together == {other for other in found if found[other] == found[one]}
