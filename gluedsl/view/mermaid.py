"""A scene as a Mermaid flowchart, for Markdown pages and wikis.

Comes in: a scene. Goes out: text. Names are data: whatever Mermaid could read as its own is written as a character code
(https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.diagnostics.render.visible import visible
from gluedsl.runs.snapshot import ENDED_BADLY, UNDER_WAY

if TYPE_CHECKING:
    from gluedsl.graph import Node
    from gluedsl.view.scene import Scene

_SHAPES = {"TRIGGER": ('{{"', '"}}'), "JOB": ('["', '"]'), "CRAWLER": ('[("', '")]')}
_HARMLESS = frozenset(" .,:-/()?=@")
_LIST = re.compile(r"[0-9]*[-.)]")
"""At the start of a label: what Markdown, which Mermaid applies to labels, takes for an item of a list."""
_CLASSES = """\
  classDef good fill:#d5f0d5,stroke:#2a7f2a,color:#111
  classDef bad fill:#f8d4d4,stroke:#b02020,color:#111
  classDef under_way fill:#d4e6f8,stroke:#2060b0,color:#111
"""


def render(scene: Scene) -> str:
    """Return the flowchart: triggers as hexagons, jobs as boxes, crawlers as cylinders."""
    words = {stage.node: stage.words for stage in scene.stages}
    ids: dict[Node, str] = {}
    lines = ["flowchart TD"]
    for node in (node for layer in scene.layers for node in layer):
        ids[node] = f"n{len(ids)}"
        before, after = _SHAPES[node.type]
        label = escaped(words.get(node) or scene.names.label(node))
        lines.append(f"  {ids[node]}{before}{label}{after}{_class(scene.states.get(node))}")
    for edge in scene.edges:
        states = "/".join(scene.conditions.get(edge, ()))
        arrow = f'-->|"{escaped(states)}"|' if states else "-->"
        lines.append(f"  {ids[edge.source]} {arrow} {ids[edge.destination]}")
    return "\n".join([*lines, _CLASSES if scene.states else ""])


def escaped(text: str) -> str:
    """Return `text` so that Mermaid shows it as it is, inside quotes."""
    shown = visible(text)
    item = _LIST.match(shown)
    marker = item.end() - 1 if item else -1
    return "".join(
        c if (c.isalnum() or c in _HARMLESS) and index != marker else f"#{ord(c)};" for index, c in enumerate(shown)
    )


def _class(state: str | None) -> str:
    if state == "SUCCEEDED":
        return ":::good"
    if state in ENDED_BADLY:
        return ":::bad"
    return ":::under_way" if state in UNDER_WAY else ""
