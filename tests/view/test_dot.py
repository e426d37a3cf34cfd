"""Workflows in Graphviz's language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from gluedsl.graph import Node
from gluedsl.model import Workflow
from gluedsl.view.dot import quoted, render
from gluedsl.view.scene import scene_of_run, scene_of_workflow
from tests.support.scenes import ANY_TEXT, FAILED, SALES, action_run, job, snapshot, start, workflows


def test_a_design() -> None:
    """Triggers are hexagons in words, broken into lines; jobs boxes, crawlers cylinders; edges say what is awaited."""
    expected = r"""digraph "nightly-sales" {
  node [fontname="sans-serif"];
  n0 [label="every day at 02:00 UTC", shape=hexagon];
  n1 [label="load-orders", shape=box];
  n2 [label="load-customers", shape=box];
  n3 [label="when load-orders and load-customers both\nSUCCEEDED", shape=hexagon];
  n4 [label="when load-orders or load-customers\nFAILED", shape=hexagon];
  n5 [label="sales-catalog", shape=cylinder];
  n6 [label="page-on-call", shape=box];
  n7 [label="when sales-catalog SUCCEEDED", shape=hexagon];
  n8 [label="publish-summary", shape=box];
  n0 -> n1;
  n0 -> n2;
  n1 -> n3 [label="SUCCEEDED"];
  n2 -> n3 [label="SUCCEEDED"];
  n3 -> n5;
  n5 -> n7 [label="SUCCEEDED"];
  n7 -> n8;
  n1 -> n4 [label="FAILED"];
  n2 -> n4 [label="FAILED"];
  n4 -> n6;
}
"""

    assert render(scene_of_workflow(SALES)) == expected


def test_a_run() -> None:
    """Nodes of a run are coloured by their state."""
    going = snapshot(
        Workflow(name="w", triggers=(start("go", job("a")),)), {Node("JOB", "a"): [action_run("RUNNING", 0)]}
    )

    shown = render(scene_of_run(FAILED))

    assert '  n1 [label="load-orders", shape=box, style=filled, fillcolor="#d5f0d5"];\n' in shown
    assert '  n2 [label="load-customers", shape=box, style=filled, fillcolor="#f8d4d4"];\n' in shown
    assert '  n8 [label="publish-summary", shape=box];\n' in shown
    assert '  n1 [label="a", shape=box, style=filled, fillcolor="#d4e6f8"];\n' in render(scene_of_run(going))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", '"plain"'),
        ('a"b', r'"a\"b"'),
        ("\\N", r'"\\N"'),
        ("a\nb\x1b", r'"a\\nb\\x1b"'),
        ("&amp; <b>", '"&amp;amp; <b>"'),
    ],
)
def test_names_are_data(text: str, expected: str) -> None:
    """Quotes, backslashes and entities in a name are shown, not obeyed."""
    assert quoted(text) == expected


@given(workflows(ANY_TEXT))
def test_every_line_is_of_a_known_form(workflow: Workflow) -> None:
    """Whatever names hold, a graph has nothing but nodes and edges."""
    label = r'"([^"\\]|\\.)*"'
    node = rf"  n\d+ \[label={label}, shape=\w+\];"
    edge = rf"  n\d+ -> n\d+( \[label={label}\])?;"

    lines = render(scene_of_workflow(workflow)).split("\n")

    assert re.fullmatch(rf"digraph {label} \{{", lines[0])
    assert lines[-2:] == ["}", ""]
    assert [line for line in lines[2:-2] if not re.fullmatch(f"{node}|{edge}", line)] == []
