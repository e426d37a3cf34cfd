"""The node that a person means by a name."""

from __future__ import annotations

import pytest

from gluedsl.errors import UsageError
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.named import named_among, named_node, named_trigger
from gluedsl.model import Action, Trigger, Workflow
from tests.support.scenes import SALES

GRAPH = WorkflowGraph.of(SALES)


@pytest.mark.parametrize("name", ["nightly-sales-load-orders", "load-orders", "load_orders"])
def test_jobs(name: str) -> None:
    """A job has its name in Glue, the one without the workflow's in front, and its function's."""
    assert named_node(GRAPH, name) == Node("JOB", "nightly-sales-load-orders")


def test_triggers() -> None:
    """A trigger has its name in Glue, and the one without the workflow's in front."""
    triggers = [node for node in GRAPH.nodes if node.type == "TRIGGER"]

    assert [named_trigger(GRAPH, node.name) for node in triggers] == triggers
    short = [node.name.removeprefix("nightly-sales-") for node in triggers]
    assert [named_trigger(GRAPH, name) for name in short] == triggers


def refused(graph: WorkflowGraph, name: str) -> tuple[str, str]:
    """Return message and hint of the refusal of a name."""
    with pytest.raises(UsageError) as error:
        named_node(graph, name)
    return error.value.message, error.value.hint


def test_no_such_node() -> None:
    """What is near is suggested; where nothing is, all are named."""
    assert refused(GRAPH, "load_order") == (
        "workflow `nightly-sales` has no job or crawler `load_order`",
        "did you mean `load-orders`?",
    )
    message, hint = refused(GRAPH, "xyz")
    assert message == "workflow `nightly-sales` has no job or crawler `xyz`"
    assert hint.startswith("it has `nightly-sales-load-orders`, ")
    with pytest.raises(UsageError) as error:
        named_trigger(GRAPH, "after-laod")
    assert error.value.message == "workflow `nightly-sales` has no trigger `after-laod`"


def graph_of(*actions: Action) -> WorkflowGraph:
    """Return the graph of a workflow `w` that starts these."""
    return WorkflowGraph.of(Workflow(name="w", triggers=(Trigger(name="s", type="ON_DEMAND", actions=actions),)))


def test_more_than_one() -> None:
    """A name that may be several things is refused, with what to do."""
    both = graph_of(Action(job_name="x"), Action(crawler_name="x"))
    assert refused(both, "x") == ("`x` is the name of a job and of a crawler", "give one of the two another name")
    alike = graph_of(Action(job_name="w-x-y"), Action(job_name="x-y"))
    assert named_node(alike, "x-y") == Node("JOB", "x-y")
    assert refused(alike, "x_y") == ("`x_y` may be `w-x-y` or `x-y`", "give its whole name")


def test_where_there_is_nothing() -> None:
    """A place without nodes says so."""
    with pytest.raises(UsageError) as error:
        named_among([], "x", workflows=(), place="the account", what="job or crawler")
    assert (error.value.message, error.value.hint) == ("the account has no job or crawler `x`", "it has none")
