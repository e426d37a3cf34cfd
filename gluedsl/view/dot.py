"""A scene in Graphviz's language.

Comes in: a scene. Goes out: text for `dot`. Names are data: they stand in quotes, with quotes, backslashes and
entities escaped (https://graphviz.org/doc/info/lang.html), and none of them is ever the id of a node.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from gluedsl.diagnostics.render.visible import visible
from gluedsl.runs.snapshot import ENDED_BADLY, UNDER_WAY

if TYPE_CHECKING:
    from gluedsl.graph import Node
    from gluedsl.view.scene import Scene

_SHAPES = {"TRIGGER": "hexagon", "JOB": "box", "CRAWLER": "cylinder"}
_WIDEST = 40
"""Characters in a line of a label: Graphviz breaks none."""


def render(scene: Scene) -> str:
    """Return the graph: triggers as hexagons, jobs as boxes, crawlers as cylinders."""
    words = {stage.node: stage.words for stage in scene.stages}
    ids: dict[Node, str] = {}
    lines = [f"digraph {quoted(scene.workflow)} {{", '  node [fontname="sans-serif"];']
    for node in (node for layer in scene.layers for node in layer):
        ids[node] = f"n{len(ids)}"
        label = quoted(*wrap(visible(words.get(node) or scene.names.label(node)), _WIDEST))
        lines.append(f"  {ids[node]} [label={label}, shape={_SHAPES[node.type]}{_fill(scene.states.get(node))}];")
    for edge in scene.edges:
        states = "/".join(scene.conditions.get(edge, ()))
        label = f" [label={quoted(states)}]" if states else ""
        lines.append(f"  {ids[edge.source]} -> {ids[edge.destination]}{label};")
    return "\n".join([*lines, "}", ""])


def quoted(*lines: str) -> str:
    """Return `lines` as a string that Graphviz shows as they are."""
    escaped = (visible(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines)
    return '"' + "\\n".join(escaped) + '"'


def _fill(state: str | None) -> str:
    colour = ""
    if state == "SUCCEEDED":
        colour = "#d5f0d5"
    elif state in ENDED_BADLY:
        colour = "#f8d4d4"
    elif state in UNDER_WAY:
        colour = "#d4e6f8"
    return f', style=filled, fillcolor="{colour}"' if colour else ""
