"""Workflows as Mermaid flowcharts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from gluedsl.graph import Node
from gluedsl.model import Workflow
from gluedsl.view.mermaid import escaped, render
from gluedsl.view.scene import scene_of_run, scene_of_workflow
from tests.support.scenes import ANY_TEXT, FAILED, SALES, action_run, job, snapshot, start, workflows


def test_a_design() -> None:
    """Triggers are hexagons in words, jobs boxes, crawlers cylinders, and edges say what is waited for."""
    expected = """\
flowchart TD
  n0{{"every day at 02:00 UTC"}}
  n1["load-orders"]
  n2["load-customers"]
  n3{{"when load-orders and load-customers both SUCCEEDED"}}
  n4{{"when load-orders or load-customers FAILED"}}
  n5[("sales-catalog")]
  n6["page-on-call"]
  n7{{"when sales-catalog SUCCEEDED"}}
  n8["publish-summary"]
  n0 --> n1
  n0 --> n2
  n1 -->|"SUCCEEDED"| n3
  n2 -->|"SUCCEEDED"| n3
  n3 --> n5
  n5 -->|"SUCCEEDED"| n7
  n7 --> n8
  n1 -->|"FAILED"| n4
  n2 -->|"FAILED"| n4
  n4 --> n6
"""

    assert render(scene_of_workflow(SALES)) == expected


def test_a_run() -> None:
    """Nodes of a run are coloured by their state."""
    going = snapshot(
        Workflow(name="w", triggers=(start("go", job("a")),)), {Node("JOB", "a"): [action_run("RUNNING", 0)]}
    )

    assert '  n1["load-orders"]:::good\n  n2["load-customers"]:::bad\n' in render(scene_of_run(FAILED))
    assert '  n1["a"]:::under_way\n' in render(scene_of_run(going))
    assert render(scene_of_run(FAILED)).endswith(
        """
  classDef good fill:#d5f0d5,stroke:#2a7f2a,color:#111
  classDef bad fill:#f8d4d4,stroke:#b02020,color:#111
  classDef under_way fill:#d4e6f8,stroke:#2060b0,color:#111
"""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("load-orders, 売上 (v1.2)", "load-orders, 売上 (v1.2)"),
        ('a"]; click n0', "a#34;#93;#59; click n0"),
        ("a\nb\x1b", "a#92;nb#92;x1b"),
        ("#35; &amp; <b> `c`", "#35;35#59; #38;amp#59; #60;b#62; #96;c#96;"),
        ("1. one", "1#46; one"),
        ("2) two", "2#41; two"),
        ("- item", "#45; item"),
        ("_x_ *y*", "#95;x#95; #42;y#42;"),
    ],
)
def test_names_are_data(text: str, expected: str) -> None:
    """What Mermaid, or the Markdown in it, could read as its own is written as character codes."""
    assert escaped(text) == expected


@given(workflows(ANY_TEXT))
def test_every_line_is_of_a_known_form(workflow: Workflow) -> None:
    """Whatever names hold, a chart has nothing but nodes and edges."""
    label = r"[\w .,:/()?=@#;-]*"
    node = rf'  n\d+(\{{\{{"{label}"\}}\}}|\["{label}"\]|\[\("{label}"\)\])'
    edge = rf'  n\d+ -->(\|"{label}"\|)? n\d+'

    lines = render(scene_of_workflow(workflow)).split("\n")

    assert (lines[0], lines[-1]) == ("flowchart TD", "")
    assert [line for line in lines[1:-1] if not re.fullmatch(f"{node}|{edge}", line)] == []
