"""A template's text as a tree whose every part knows its place.

Made by `json_text` and `yaml_text`, or from a tree that another tool has parsed. Short forms of intrinsic functions are
already the long ones: `!Ref x` is a mapping with the one key `Ref`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from gluedsl.source.span import Span

LARGEST_DEPTH = 100
"""Levels of nesting. No template comes near it, and every walk over a tree may use as much of Python's stack."""
LARGEST_SIZE = 1_000_000
"""Values with every alias written out. Some lines of aliases of aliases can stand for more than a memory holds."""
_LINE_END = re.compile(r"\r\n|\r|\n")
"""As editors have it: no line ends at a form feed."""


class Source(Protocol):
    """What turns offsets into places."""

    def span(self, start: int, end: int) -> Span:
        """Return the place of what stands from one offset up to another."""


@dataclass(slots=True, eq=False)
class TextSource:
    """The text of a file."""

    file: str
    """As messages show it."""
    text: str
    _starts: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """Return the place of a part of the text."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(self.file, line, column, end_line, end_column)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        if not self._starts:
            self._starts = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(slots=True, eq=False)
class Scalar:
    """A text, number, truth value or null."""

    value: str | float | bool | None
    text: str
    """What was written, without quotes: CloudFormation reads the number `5.0` as the text "5.0" where it needs one."""
    start: int
    end: int
    source: Source


@dataclass(slots=True, eq=False)
class Sequence:
    """A list."""

    items: list[Node]
    start: int
    end: int
    source: Source


class Entry(NamedTuple):
    """One member of a mapping."""

    key: Scalar
    value: Node


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping of texts; of members with one key, the last."""

    entries: dict[str, Entry]
    start: int
    end: int
    source: Source

    def get(self, key: str) -> Node | None:
        """Return the value of a member."""
        entry = self.entries.get(key)
        return entry and entry.value


Node = Scalar | Sequence | Mapping


def inside(node: Node) -> list[Node]:
    """Return the values of a map or list, the last first: what a walk that takes from the end comes to in order."""
    match node:
        case Mapping(entries=entries):
            return [entry.value for entry in reversed(entries.values())]
        case Sequence(items=items):
            return [*reversed(items)]
        case Scalar():
            return []


def span_of(node: Node) -> Span:
    """Return the place of a node."""
    return node.source.span(node.start, node.end)


def noun(node: Node) -> str:
    """Return what a node is, for messages."""
    match node:
        case Mapping():
            return "a map"
        case Sequence():
            return "a list"
        case Scalar(value=str()):
            return "a text"
        case Scalar(value=bool()):
            return "a truth value"
        case Scalar(value=None):
            return "null"
        case Scalar():
            return "a number"


def plain(node: Node) -> object:
    """Return the bare values of a tree."""
    match node:
        case Mapping(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(value=value):
            return value


class Repetition(NamedTuple):
    """A key that a mapping has twice."""

    first: Scalar
    again: Scalar
