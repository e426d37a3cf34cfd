"""What a run shows of its graph; how that is spelled in Glue's API is `tests/spelling`'s."""

from __future__ import annotations

from gluedsl.graph import Edge, Node, WorkflowGraph
from tests.support.engine import Play, ends, start_trigger, when_all, workflow

EXAMPLE = workflow(
    start_trigger("j1"),
    when_all("t2", ends("j1"), then=("j2",)),
    when_all("t3", ends("j1"), ends("j2"), then=("j3",)),
)
"""https://docs.aws.amazon.com/glue/latest/dg/workflows_api_concepts.html: one node a component."""


def test_one_node_a_component() -> None:
    """Every job and crawler is there once, whether it ran or not, and in the order of the graph."""
    play = Play(EXAMPLE)
    assert [(found.node.name, len(found.runs)) for found in play.picture.nodes] == [("j1", 1), ("j2", 0), ("j3", 0)]
    play.end("j1", "FAILED")
    assert [(found.node.name, found.state) for found in play.picture.nodes] == [
        ("j1", "FAILED"),
        ("j2", None),
        ("j3", None),
    ]


def test_the_graph_is_that_of_the_snapshot() -> None:
    """The edges go from triggers to what they start, and from what is watched to the triggers, each once."""
    graph = WorkflowGraph.of(Play(EXAMPLE).picture.workflow)
    start, t2, t3 = (Node("TRIGGER", name) for name in ("start", "t2", "t3"))
    j1, j2, j3 = (Node("JOB", name) for name in ("j1", "j2", "j3"))
    assert set(graph.edges) == {
        Edge(start, j1), Edge(j1, t2), Edge(t2, j2), Edge(j1, t3), Edge(j2, t3), Edge(t3, j3)
    }  # fmt: skip
    assert len(graph.edges) == 6


def test_triggers_have_no_state_of_their_own() -> None:
    """Whether a trigger fired follows from what it started; the snapshot says so."""
    play = Play(EXAMPLE)
    play.end("j1")
    assert [(firing.name, firing.fired_at is not None) for firing in play.picture.triggers] == [
        ("start", True),
        ("t2", True),
        ("t3", False),
    ]
    assert {run.trigger for found in play.picture.nodes for run in found.runs} == {"start", "t2"}


def test_a_node_lists_all_that_ran_of_it() -> None:
    """Several runs of a job, and their attempts, are on its one node."""
    play = Play(workflow(start_trigger("a", "a")))
    play.end("a", "FAILED", max_retries=1)
    play.end("a")
    play.end("a")
    assert [(run.attempt, run.state) for run in play.runs("a").runs] == [
        (0, "FAILED"),
        (1, "SUCCEEDED"),
        (0, "SUCCEEDED"),
    ]
