"""Delimited text to columns, by the rules that AWS documents for its built-in CSV classifier.

https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules

Comes in: the text of an object's beginning. Goes out: delimiter, header or not, columns and a count of records,
or None: this is not CSV.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gluedsl.local.crawl.columns import BIGINT, BOOLEAN, DOUBLE, STRING, UNSEEN, Column, HiveType, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DELIMITERS = (",", "|", "\t", ";", "\x01")
"""What the built-in classifier checks for."""
_TYPED_RECORDS = 1000
""""The first 1000 records or the first 1 MB of data": https://repost.aws/knowledge-center/glue-crawler-detect-schema."""
_HEADER_CELL = 150
"""Every column of a header but the last "has content that is fewer than 150 characters"."""
_EVEN = 0.9
"""Share of records that must have the same number of cells. AWS speaks of heuristics; the choice is ours."""
_LEAST = 2
"""At least two columns and two rows."""

_LONG = re.compile(r"[+-]?\d{1,19}")
_DOUBLE = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_BOOLEAN = re.compile(r"true|false", re.IGNORECASE)
_BIGINTS = range(-(2**63), 2**63)
_NAME = re.compile(r"[\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF\t]{1,255}")
"""A column's name in the API: https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRecords:
    """What the beginning of a delimited file says."""

    delimiter: str
    header: bool
    columns: tuple[Column, ...]
    records: int
    """Without the header."""
    read: int
    """Characters that the records and the header took, about."""


def read_csv(text: str, *, complete: bool) -> CsvRecords | None:
    """Return the columns of a delimited text; None if no delimiter makes a table of it."""
    best: tuple[float, int, str] | None = None
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        width, share = _width(list(islice(_rows(text, delimiter), _TYPED_RECORDS)))
        # The first of AWS's list wins where two fit equally well.
        if width >= _LEAST and share >= _EVEN and (best is None or (share, width) > best[:2]):
            best = (share, width, delimiter)
    if best is None:
        return None
    _, width, delimiter = best
    rows = list(_rows(text, delimiter))
    if not complete:
        rows = rows[:-1]  # cut in the middle
    if len(rows) < _LEAST:
        return None
    typed = rows[:_TYPED_RECORDS]
    header = _has_header(typed, width)
    names = [cell.strip().lower() for cell in typed[0]] if header else []
    # `col0`, `col1`... is what crawlers write (observed in public tables); AWS's page says `col1`, `col2`.
    names = [name or f"col{at}" for at, name in enumerate(names)] or [f"col{at}" for at in range(width)]
    kinds = _types(typed[1:] if header else typed, width)
    return CsvRecords(
        delimiter=delimiter,
        header=header,
        columns=tuple(Column(name, kind) for name, kind in zip(names, kinds, strict=True)),
        records=len(rows) - header,
        read=len(text),
    )


def _rows(text: str, delimiter: str) -> Iterable[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from (row for row in reader if row)
    except csv.Error:  # a cell beyond the csv module's limit: what was read before it still counts
        return


def _width(rows: Sequence[list[str]]) -> tuple[int, float]:
    """Return the number of cells that most records have, and which share of them."""
    if not rows:
        return 0, 0.0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return (width, count / len(rows)) if len(rows[0]) == width else (0, 0.0)


def _has_header(rows: Sequence[list[str]], width: int) -> bool:
    """Tell whether the first row is a header.

    The four conditions are AWS's. The last one makes a file of nothing but texts have no header:
    "If all columns are of type STRING, then the first row of data is not sufficiently different".
    """
    *cells, last = (cell.strip() for cell in rows[0])
    empty_last = not last and all(not row[width - 1].strip() for row in rows if len(row) >= width)
    named = [*cells] if empty_last else [*cells, last]
    return (
        all(_cell_type(cell) is STRING for cell in named)
        and all(len(cell) < _HEADER_CELL for cell in cells)
        and all(_NAME.fullmatch(cell) for cell in named)
        and any(kind is not STRING and kind is not UNSEEN for kind in _types(rows[1:], width))
    )


def _types(rows: Sequence[list[str]], width: int) -> list[HiveType]:
    kinds: list[HiveType] = [UNSEEN] * width
    for row in rows:
        for at, cell in enumerate(row[:width]):
            kinds[at] = joined(kinds[at], _cell_type(cell.strip()))
    return kinds


def _cell_type(cell: str) -> HiveType:
    """Return the type that one cell parses as; dates and times stay strings: observed in crawled tables."""
    if not cell:
        return UNSEEN
    if _LONG.fullmatch(cell) and int(cell) in _BIGINTS:
        return BIGINT
    if _DOUBLE.fullmatch(cell):
        return DOUBLE
    return BOOLEAN if _BOOLEAN.fullmatch(cell) else STRING
