"""The types of columns: what values and files say of them, how several join into one, their text in the catalogue.

Comes in: types found in single files. Goes out: one list of columns for a table, in the spelling of the Data Catalog,
which follows Apache Hive (https://docs.aws.amazon.com/glue/latest/dg/glue-types.html).
Names are in lower case, inside of structs too: observed in tables that crawlers wrote (`SHOW CREATE TABLE` in public
repositories, and recorded `GetTables` answers such as those in DataHub's tests).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without parts; `name` is its text."""

    name: str


@dataclass(frozen=True, slots=True)
class Array:
    """A list of elements of one type."""

    element: HiveType


@dataclass(frozen=True, slots=True)
class Struct:
    """Named fields, in the order in which they were first seen."""

    fields: tuple[tuple[str, HiveType], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Keys of one type, values of one type."""

    key: HiveType
    value: HiveType


@dataclass(frozen=True, slots=True)
class Unseen:
    """Only nulls, or nothing, so far."""


HiveType = Scalar | Array | Struct | Map | Unseen

BIGINT = Scalar("bigint")
BOOLEAN = Scalar("boolean")
DOUBLE = Scalar("double")
INT = Scalar("int")
STRING = Scalar("string")
UNSEEN = Unseen()

_WIDER = ("tinyint", "smallint", "int", "bigint", "float", "double")
"""Each holds, or at least covers, the numbers of those before it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file, a table or a partition."""

    name: str
    type: HiveType


def type_text(kind: HiveType) -> str:
    """Return a type as the Data Catalog spells it.

    A column of nothing but nulls or empty cells is a string: observed in crawled tables (`ehail_fee` of New York's
    taxi trips). An object without fields is `struct<>`, which Athena refuses: AWS is silent, the choice is ours.
    """
    match kind:
        case Scalar(name):
            return name
        case Array(element):
            return f"array<{type_text(element)}>"
        case Struct(fields):
            return f"struct<{','.join(f'{name}:{type_text(part)}' for name, part in fields)}>"
        case Map(key, value):
            return f"map<{type_text(key)},{type_text(value)}>"
        case Unseen():
            return "string"


def joined(one: HiveType, other: HiveType) -> HiveType:  # noqa: PLR0911 -- one line a kind of type
    """Return the type that holds the values of both; what has nothing in common is a string.

    How AWS joins types that differ is not documented: the choice is ours.
    """
    if one is other or one == other:
        return one
    match one, other:
        case (Unseen(), known) | (known, Unseen()):
            return known
        case Scalar(a), Scalar(b) if a in _WIDER and b in _WIDER:
            widest = max(_WIDER.index(a), _WIDER.index(b))
            return DOUBLE if _WIDER[widest] == "float" else Scalar(_WIDER[widest])
        case Array(a), Array(b):
            return Array(joined(a, b))
        case Map(a, x), Map(b, y):
            return Map(joined(a, b), joined(x, y))
        case Struct(a), Struct(b):
            return Struct(joined_fields((a, b)))
        case _:
            return STRING


def joined_fields(groups: Iterable[Iterable[tuple[str, HiveType]]]) -> tuple[tuple[str, HiveType], ...]:
    """Return every name once, where it was first seen, with the type that holds all it was seen with."""
    fields: dict[str, HiveType] = {}
    for group in groups:
        for name, kind in group:
            fields[name] = joined(fields[name], kind) if name in fields else kind
    return tuple(fields.items())


def joined_columns(schemas: Iterable[tuple[Column, ...]]) -> tuple[Column, ...]:
    """Return the columns of several files as one table has them.

    Columns that one file has twice stay two: they are told apart by their turn.
    """
    columns: dict[tuple[str, int], HiveType] = {}
    for schema in dict.fromkeys(schemas):
        turns: dict[str, int] = {}
        for column in schema:
            turn = turns[column.name] = turns.get(column.name, -1) + 1
            key = (column.name, turn)
            columns[key] = joined(columns[key], column.type) if key in columns else column.type
    return tuple(Column(name, kind) for (name, _), kind in columns.items())


_SIMILAR = 0.7
"""See `are_similar`."""


def are_similar(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two lists of column names are so alike that they can belong to one table.

    AWS documents a threshold of 70% and not what it is a share of
    (https://repost.aws/knowledge-center/glue-crawler-detect-schema). Here: more than 70% of the columns of the wider
    one have their name in the other. Types do not count: a partition may hold a column as a string that others hold
    as a number, which is what Athena calls HIVE_PARTITION_SCHEMA_MISMATCH.
    """
    a, b = set(one), set(other)
    if a == b:
        return True
    return len(a & b) / max(len(a), len(b)) > _SIMILAR
