"""A template that cfn-lint has read, as a tree of gluedsl's.

Comes in: dictionaries, lists and scalars. Goes out: nodes that are placed by their numbers in the order of the text,
and the way back from a place to cfn-lint's path; cfn-lint knows itself where its paths stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gluedsl.source.span import Span
from gluedsl.templates.node import LARGEST_DEPTH, LARGEST_SIZE, Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from gluedsl.templates.node import Node

FILE = "template"
CfnLintPath = tuple[str | int, ...]


@dataclass(slots=True, eq=False)
class Paths:
    """cfn-lint's path of each node: node number `n` is line `n + 1` of a text that does not exist."""

    paths: list[CfnLintPath] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """Return the place of the nodes from one number up to another."""
        return Span(FILE, start + 1, 1, end + 1, 1)

    def of(self, span: Span) -> CfnLintPath:
        """Return the path of a place."""
        return self.paths[span.line - 1]


class TooMuch(Exception):  # noqa: N818 -- a signal: there is nothing to judge
    """A template is nested more deeply, or has more values with its aliases written out, than any has."""


def tree(value: Any, paths: Paths, path: CfnLintPath = ()) -> Node:
    """Return what cfn-lint has read as a node.

    Raises:
        TooMuch: it is nested too deeply, or stands for too much.
    """
    if len(path) > LARGEST_DEPTH or len(paths.paths) > LARGEST_SIZE:
        raise TooMuch
    start = len(paths.paths)
    paths.paths.append(path)
    node: Node
    match value:
        case dict():
            node = Mapping({}, start, 0, paths)
            for key, inner in value.items():
                name = str(key)
                place = _scalar(name, paths, (*path, key))
                node.entries[name] = Entry(place, tree(inner, paths, (*path, key)))
        case list():
            node = Sequence([tree(inner, paths, (*path, at)) for at, inner in enumerate(value)], start, 0, paths)
        case bool():
            return Scalar(bool(value), "true" if value else "false", start, start + 1, paths)
        case None | int() | float():
            return Scalar(value, str(value), start, start + 1, paths)
        case _:
            return Scalar(str(value), str(value), start, start + 1, paths)
    node.end = len(paths.paths)
    return node


def _scalar(text: str, paths: Paths, path: CfnLintPath) -> Scalar:
    paths.paths.append(path)
    return Scalar(text, text, len(paths.paths) - 1, len(paths.paths), paths)
