"""Whether a part of a project is small enough for a stack: the same answer by every route, so that all divide alike.

Comes in: a part of a project. Goes out: whether its template fits, however it is written: the CDK writes a line for
each value and a space for each level, an assembly of ours writes neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.emit.cloudformation import template, to_json
from gluedsl.emit.stacks import has_room

if TYPE_CHECKING:
    from gluedsl.model import Project

TEXT_LIMIT = 1_000_000
"""Bytes of a template
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)."""
ROOM_FOR_TEXT = 750_000
"""Bytes of a part as the CDK writes it: the rest is for the application's tags, and for how tokens are written."""
_MOST_GROWTH = 4
"""How many times longer a template gets by its indentation, at the most: a value of two letters, eight levels deep."""


def fits(project: Project, text: str | None = None) -> bool:
    """Tell whether a part of a project fits into a stack.

    Args:
        project: the part.
        text: its template without indentation; None: none was made yet.
    """
    if not has_room(project):
        return False
    if text is None:
        text = to_json(template(project), indent=None)
    if len(text.encode()) * _MOST_GROWTH <= ROOM_FOR_TEXT:
        return True
    return len(to_json(template(project), indent=1).encode()) <= ROOM_FOR_TEXT
