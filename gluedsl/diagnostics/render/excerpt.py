"""Marked lines of one source file.

Comes in: spans with their messages, and the sources. Goes out: the lines they stand in, each mark underlined
with its message beside it, or below where the width is too small. Nothing comes out for a file that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from gluedsl.diagnostics.render.visible import cells, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gluedsl.source.snippet import Sources
    from gluedsl.source.span import Span

FRAME = "blue"
"""The style of line numbers, bars and arrows."""
_TAB = 4
_LEAST_ROOM = 24
"""Cells that source keeps however narrow the terminal is."""
_LEAD = 8
"""How much of a long line is kept before a mark that fills the width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place to underline."""

    span: Span
    message: str
    sign: str
    """One character: what it is underlined with."""
    style: str


class _Fitted(NamedTuple):
    """A source line as shown, and where each mark's underline begins and ends in it, in cells."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def excerpt(marks: Iterable[Mark], sources: Sources, *, gutter: int, width: int, ascii_only: bool) -> list[Text]:
    """Show the lines that `marks`, all of one file, stand in; `gutter` is the width of the line numbers."""
    by_line: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: m.span):
        if sources.line(mark.span.file, mark.span.line) is not None:
            by_line.setdefault(mark.span.line, []).append(mark)
    if not by_line:
        return []
    room = max(width - gutter - 3, _LEAST_ROOM)
    rows = [_row(gutter)]
    before = 0
    for number, here in by_line.items():
        file = here[0].span.file
        if before and number == before + 2:
            between = _fit(sources.line(file, before + 1) or "", [], room, ascii_only=ascii_only)
            rows.append(_row(gutter, before + 1, Text(between.text)))
        elif before and number > before + 1:
            rows.append(Text("...", FRAME))
        before = number
        fitted = _fit(sources.line(file, number) or "", here, room, ascii_only=ascii_only)
        rows.append(_row(gutter, number, Text(fitted.text)))
        for mark, (start, end) in zip(here, fitted.ranges, strict=True):
            rows += [_row(gutter, None, text) for text in _underline(mark, start, end, room, ascii_only=ascii_only)]
    return rows


def _row(gutter: int, number: int | None = None, text: Text | None = None) -> Text:
    row = Text(f"{number or '':>{gutter}} |", FRAME)
    if text:
        row = Text.assemble(row, " ", text)
    row.rstrip()
    return row


def _underline(mark: Mark, start: int, end: int, room: int, *, ascii_only: bool) -> list[Text]:
    message = visible(mark.message, ascii_only=ascii_only)
    if mark.span.end_line > mark.span.line:
        message = f"{message} (up to line {mark.span.end_line})".lstrip()
    signs = " " * start + mark.sign * (end - start)
    if not message or end + 1 + cells(message) <= room:
        return [Text(f"{signs} {message}".rstrip(), mark.style)]
    indent = max(min(start, room - cells(message)), 0)
    below = wrapped(Text(message, mark.style), room - indent)
    return [Text(signs, mark.style), *(Text.assemble(" " * indent, line) for line in below)]


def _fit(line: str, marks: Sequence[Mark], room: int, *, ascii_only: bool) -> _Fitted:
    """Expand tabs, spell out what is not visible, and cut the line around its marks where it is too long."""
    columns = [_columns(line, mark.span) for mark in marks]
    # A template may be one line of megabytes: what is far from the mark that matters is not looked at.
    anchor = next((i for i, mark in enumerate(marks) if mark.sign == "^"), 0)
    middle = columns[anchor][0] if columns else 0
    first, last = max(middle - 4 * room, 0), middle + 4 * room
    pieces: list[str] = []
    positions = [0]
    for character in line[first:last]:
        at = positions[-1]
        pieces.append(" " * (_TAB - at % _TAB) if character == "\t" else visible(character, ascii_only=ascii_only))
        positions.append(at + cells(pieces[-1]))

    def position(column: int) -> int:
        index = min(max(column - first, 0), len(positions) - 1)
        return positions[index] + (column - first > index)

    ranges = [(position(start), position(end)) for start, end in columns]
    begin, finish = _window(ranges[anchor] if ranges else (0, 0), max([positions[-1], *(e for _, e in ranges)]), room)
    more = "..." if ascii_only else "…"
    before = more if begin > 0 or first > 0 else ""
    after = more if finish < positions[-1] or last < len(line) else ""
    low, high = begin + len(before), finish - len(after)
    kept = [i for i in range(len(pieces)) if low <= positions[i] and positions[i + 1] <= high]
    shift = len(before) - (positions[kept[0]] if kept else 0)
    text = before + "".join(pieces[i] for i in kept) + after
    shown = []
    for start, end in ranges:
        left = min(max(start, low), high) + shift
        shown.append((left, max(min(max(end, low), high) + shift, left + 1)))
    return _Fitted(text.rstrip(), tuple(shown))


def _columns(line: str, span: Span) -> tuple[int, int]:
    """Return the part of `line` that `span` covers, as indexes: the whole text where no columns are known."""
    if span.is_line_only:
        start = len(line) - len(line.lstrip())
        end = len(line.rstrip())
    else:
        start = min(span.column - 1, len(line))
        end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    return start, max(min(end, len(line)), start + 1)


def _window(mark: tuple[int, int], length: int, room: int) -> tuple[int, int]:
    """Choose which `room` cells of a line to show, so that as much as can be of the mark is among them."""
    start, end = mark
    if length <= room:
        return 0, length
    if end <= room - _LEAD:
        return 0, room
    begin = max(end - room + _LEAD, 0) if end - start <= room - 2 * _LEAD else start - _LEAD
    begin = max(min(begin, length - room), 0)
    return begin, begin + room
