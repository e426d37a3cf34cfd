"""Layers of a drawn graph."""

from __future__ import annotations

from hypothesis import given

from gluedsl.graph import Node, WorkflowGraph, cycles
from gluedsl.model import Workflow
from gluedsl.view.layers import layered
from tests.support.scenes import CUSTOMERS, ORDERS, PAGE, PUBLISH, SALES, ended, job, start, when, workflows


def test_layers_of_awss_example() -> None:
    """Each node stands below all that leads to it."""
    assert layered(WorkflowGraph.of(SALES)) == (
        (Node("TRIGGER", "nightly-sales-start"),),
        (Node("JOB", ORDERS), Node("JOB", CUSTOMERS)),
        (
            Node("TRIGGER", "nightly-sales-after-load-customers-and-load-orders"),
            Node("TRIGGER", "nightly-sales-trouble"),
        ),
        (Node("CRAWLER", "sales-catalog"), Node("JOB", PAGE)),
        (Node("TRIGGER", "nightly-sales-after-sales-catalog"),),
        (Node("JOB", PUBLISH),),
    )


def test_edges_are_untangled() -> None:
    """Triggers declared in the opposite order of what they watch are turned round, so that no edges cross."""
    triggers = (
        start("go", job("a"), job("b"), job("c")),
        when("tc", [ended("c")], job("c2")),
        when("tb", [ended("b")], job("b2")),
        when("ta", [ended("a")], job("a2")),
    )

    layers = layered(WorkflowGraph.of(Workflow(name="w", triggers=triggers)))

    assert [[node.name for node in layer] for layer in layers] == [
        ["go"],
        ["a", "b", "c"],
        ["ta", "tb", "tc"],
        ["a2", "b2", "c2"],
    ]


def test_a_cycle_is_cut_where_it_closes() -> None:
    """A cycle that begins at the start trigger's job is laid out from there."""
    triggers = (start("go", job("a")), when("ab", [ended("a")], job("b")), when("ba", [ended("b")], job("a")))

    layers = layered(WorkflowGraph.of(Workflow(name="w", triggers=triggers)))

    assert [[node.name for node in layer] for layer in layers] == [["go"], ["a"], ["ab"], ["b"], ["ba"]]


def test_no_nodes() -> None:
    """A workflow without triggers has no layers."""
    assert layered(WorkflowGraph.of(Workflow(name="w"))) == ()


def test_a_tangle_too_large_to_look_at() -> None:
    """Hundreds of edges across hundreds of layers are laid out at once, in the order of declaration."""
    chain = [when(f"t{i}", [ended(f"j{i}"), ended("j0")], job(f"j{i + 1}")) for i in range(300)]

    layers = layered(WorkflowGraph.of(Workflow(name="w", triggers=(start("go", job("j0")), *chain))))

    assert len(layers) == 602
    assert all(len(layer) == 1 for layer in layers)


@given(workflows())
def test_every_node_stands_once(workflow: Workflow) -> None:
    """Whatever the shape, each node stands in one layer, and no layer is empty."""
    graph = WorkflowGraph.of(workflow)

    layers = layered(graph)

    assert sorted(node for layer in layers for node in layer) == sorted(graph.nodes)
    assert all(layers)


@given(workflows())
def test_edges_lead_down_but_for_cycles(workflow: Workflow) -> None:
    """Without a cycle all edges lead down; with one, some do not."""
    graph = WorkflowGraph.of(workflow)
    depth = {node: number for number, layer in enumerate(layered(graph)) for node in layer}

    upward = [edge for edge in graph.edges if depth[edge.source] >= depth[edge.destination]]

    assert bool(upward) == bool(cycles(graph))
