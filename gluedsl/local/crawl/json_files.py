"""JSON: lines, objects one after another, or one array of them, to columns.

Comes in: the text of an object's beginning. Goes out: columns and a count of records, or None: this is not JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.local.crawl.columns import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INT,
    STRING,
    UNSEEN,
    Array,
    Column,
    HiveType,
    Struct,
    joined,
    joined_fields,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
_INT = range(-(2**31), 2**31)
_BIGINT = range(-(2**63), 2**63)
_DEEPEST = 50
"""Levels of nesting that are told apart; nobody queries what lies deeper, and Python would not go on for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonRecords:
    """What the beginning of a JSON file says."""

    columns: tuple[Column, ...]
    paths: tuple[str, ...]
    """Names of the columns as the file spells them, sorted: the SerDe's `paths`."""
    records: int
    read: int
    """Characters that the records took."""
    malformed: bool
    """Whether something that is not JSON follows the records."""


def looks_like_json(text: str) -> bool:
    """Tell whether a text could be JSON, by its first character."""
    return text.lstrip()[:1] in ("{", "[")


def read_json(text: str, *, complete: bool) -> JsonRecords | None:
    """Return the columns of a JSON text; None if not even its first record is JSON.

    An array is one column `array`, as the built-in classifier sees it: it "treats the data as one object, that is,
    just an array" (https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-json).
    """
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        return _read_array(text, start, complete=complete)
    if text[start : start + 1] != "{":
        return None
    fields: dict[str, HiveType] = {}
    names: dict[str, None] = {}
    count, end, whole = 0, start, True
    values = _Values(text, start)
    for value in values:
        if not isinstance(value, dict):
            whole = False
            break
        count, end = count + 1, values.end
        names |= dict.fromkeys(value)
        for name, part in value.items():
            key = name.lower()
            kind = _type_of(part)
            fields[key] = joined(fields[key], kind) if key in fields else kind
    if count == 0:
        return None
    rest = text[end:].strip()
    return JsonRecords(
        columns=tuple(Column(name, kind) for name, kind in fields.items()),
        paths=tuple(sorted(names)),
        records=count,
        read=end - start,
        malformed=not whole or (bool(rest) and complete),
    )


def _read_array(text: str, start: int, *, complete: bool) -> JsonRecords | None:
    element: HiveType = UNSEEN
    values = _Values(text, start + 1)
    for value in values:
        element = joined(element, _type_of(value))
    rest = text[values.end :].lstrip()
    closed = rest.startswith("]")
    if not closed and (complete or element == UNSEEN):
        return None
    if closed and rest[1:].lstrip()[:1] not in ("", "[", "{"):
        return None  # a line of some log: `[1] ...`
    return JsonRecords(
        columns=(Column("array", Array(element)),),
        paths=("array",),
        records=1,
        read=len(text) - start,
        malformed=False,
    )


class _Values:
    """The JSON values of a text one after another, up to its end or to what is no JSON."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.end = start

    def __iter__(self) -> Iterator[object]:
        while True:
            space = _SPACE.match(self._text, self.end)
            at = space.end() if space else self.end
            try:
                value, self.end = _DECODER.raw_decode(self._text, at)
            except (json.JSONDecodeError, RecursionError):
                return
            yield value


def _type_of(value: object, depth: int = 0) -> HiveType:  # noqa: PLR0911 -- one line a type
    match value:
        case None:
            return UNSEEN
        case bool():
            return BOOLEAN
        case int():
            # Small numbers are `int`, large ones `bigint`: observed in crawled tables.
            return INT if value in _INT else BIGINT if value in _BIGINT else DOUBLE
        case float():
            return DOUBLE
        case list() | dict() if depth == _DEEPEST:
            return STRING
        case list():
            element: HiveType = UNSEEN
            for part in value:
                element = joined(element, _type_of(part, depth + 1))
            return Array(element)
        case dict():
            fields = [(str(name).lower(), _type_of(part, depth + 1)) for name, part in value.items()]
            return Struct(joined_fields([fields]))
        case _:
            return STRING
