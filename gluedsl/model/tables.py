"""Tables of the Data Catalog, as a crawler leaves them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, or a partition key."""

    name: str
    type: str
    """In Hive's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is to be seen of a table at a glance."""

    database: str
    name: str
    location: str
    classification: str
    """`csv`, `json`, `parquet`, ...; empty where nobody says."""
    columns: tuple[Column, ...]
    partition_keys: tuple[Column, ...] = ()
