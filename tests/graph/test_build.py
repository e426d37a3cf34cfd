"""From a workflow to its graph."""

from __future__ import annotations

from gluedsl.graph import Edge, Node, WorkflowGraph
from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import Action, Condition
from tests.support.rules import after, node, start, workflow

AWS_EXAMPLE = workflow(
    start("t1", "job j1"),
    after("t2", ["job j1"], "job j2"),
    after("t3", ["job j1", "job j2"], "job j3"),
)
"""From https://docs.aws.amazon.com/glue/latest/dg/workflows_api_concepts.html."""


def test_graph_of_the_example_in_the_api_documentation() -> None:
    """One node for each component, and the edges that AWS lists."""
    graph = WorkflowGraph.of(AWS_EXAMPLE)

    assert [(edge.source.name, edge.destination.name) for edge in graph.edges] == [
        ("t1", "j1"),
        ("j1", "t2"),
        ("t2", "j2"),
        ("j1", "t3"),
        ("j2", "t3"),
        ("t3", "j3"),
    ]
    assert [node.name for node in graph.nodes] == ["t1", "j1", "t2", "j2", "t3", "j3"]


def test_what_is_named_twice_stands_once() -> None:
    """A trigger that watches two ends of a job, or starts a job twice, has one edge."""
    twice = after("t", ["job a FAILED", "job a TIMEOUT"], "job b", "job b", logical="ANY")
    graph = WorkflowGraph.of(workflow(start("s", "job a"), twice))
    trigger = Node("TRIGGER", "t")

    assert graph.edges[1:] == (Edge(node("job a"), trigger), Edge(trigger, node("job b")))


def test_job_crawler_and_trigger_of_one_name_are_three_nodes() -> None:
    """Kind and name make a node."""
    graph = WorkflowGraph.of(workflow(start("sales", "job sales", "crawler sales")))

    assert [one.id for one in graph.nodes] == ["trigger:sales", "job:sales", "crawler:sales"]
    assert [str(one) for one in graph.nodes] == ["trigger `sales`", "job `sales`", "crawler `sales`"]


def test_what_names_nothing_is_no_part_of_the_graph() -> None:
    """Nor is what names two things."""
    graph = WorkflowGraph.of(workflow(start("s", Action(), Action(job_name="a", crawler_name="b"))))

    assert graph.edges == ()
    assert action_node(Action(crawler_name="c")) == node("crawler c")
    assert condition_node(Condition()) is None
    assert condition_node(Condition(job_name="a", crawler_name="b")) is None
