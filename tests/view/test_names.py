"""What nodes are called in pictures."""

from __future__ import annotations

from hypothesis import given

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.model import Workflow
from gluedsl.view.names import Names, named
from tests.support.scenes import SALES, crawler, ended, job, start, when, workflows


def test_names_lose_the_workflows_own() -> None:
    """A name that begins with the workflow's is shown without it; others stay as they are."""
    names = Names.of(WorkflowGraph.of(SALES))

    assert names.prefix == "nightly-sales-"
    assert [names.label(node) for node in names.labels] == [
        "start",
        "after-load-customers-and-load-orders",
        "after-sales-catalog",
        "trouble",
        "load-orders",
        "load-customers",
        "sales-catalog",
        "publish-summary",
        "page-on-call",
    ]


def test_a_name_stays_whole_where_the_short_one_is_taken() -> None:
    """A job is not called what another job or crawler is called in full, and a name is never empty."""
    triggers = (start("w-", job("w-load"), job("load"), job("w-raw"), crawler("raw"), crawler("w-")),)
    names = Names.of(WorkflowGraph.of(Workflow(name="w", triggers=triggers)))

    assert [*names.labels.values()] == ["w-", "w-load", "load", "w-raw", "raw", "w-"]
    assert names.prefix == ""


def test_what_a_node_is_stands_before_a_doubtful_name() -> None:
    """Where a job and a crawler share a name, sentences say which is meant."""
    names = Names.of(
        WorkflowGraph.of(Workflow(name="w", triggers=(start("go", job("w-a"), crawler("w-a"), job("b")),)))
    )

    called = [names.called(node) for node in (Node("JOB", "w-a"), Node("CRAWLER", "w-a"), Node("JOB", "b"))]

    assert called == ["job a", "crawler a", "b"]


def test_triggers_in_sentences() -> None:
    """A trigger whose name only repeats what it waits for is called by what it starts."""
    triggers = (
        start("w-start", job("w-a")),
        when("w-after-a", [ended("w-a")], job("b"), job("c")),
        when("w-after-dawn", [ended("w-a")], job("d")),
        when("w-after-a-failed", [ended("w-a", "FAILED")]),
        when("w-after-a-or-b-failed-2", [ended("b", "FAILED"), ended("w-a")], job("e"), logical="ANY"),
        when("w-after-a-and-b", [ended("b"), ended("w-a")], job("f"), logical="ANY"),
        when(f"w-after-{'x' * 150}-0123abcd", [ended("x" * 200)], job("g")),
    )
    names = Names.of(WorkflowGraph.of(Workflow(name="w", triggers=triggers)))

    assert [names.trigger(trigger) for trigger in triggers] == [
        "the trigger of `a`",
        "the trigger of `b` and `c`",
        "trigger `after-dawn`",
        "trigger `after-a-failed`",
        "the trigger of `e`",
        "trigger `after-a-and-b`",
        "the trigger of `g`",
    ]


def test_long_lists_end_in_a_number() -> None:
    """Five names are shown; of more, the first four and how many are left."""
    assert named(["a"]) == "`a`"
    assert named(list("abcde")) == "`a`, `b`, `c`, `d` and `e`"
    assert named(list("abcdef")) == "`a`, `b`, `c`, `d` and 2 more"


@given(workflows())
def test_no_two_nodes_of_a_type_share_a_label(workflow: Workflow) -> None:
    """Shortening never makes two names one."""
    names = Names.of(WorkflowGraph.of(workflow))

    assert len({(node.type, label) for node, label in names.labels.items()}) == len(names.labels)
