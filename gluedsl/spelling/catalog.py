"""Tables of the Data Catalog from the answers of `GetTables`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.model.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def table_from_api(data: Mapping[str, Any]) -> Table:
    """Return what is to be seen of a table."""
    storage = data.get("StorageDescriptor", {})
    return Table(
        database=data.get("DatabaseName", ""),
        name=data["Name"],
        location=storage.get("Location", ""),
        classification=data.get("Parameters", {}).get("classification", ""),
        columns=_columns(storage.get("Columns", ())),
        partition_keys=_columns(data.get("PartitionKeys", ())),
    )


def _columns(columns: Iterable[Mapping[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(name=column["Name"], type=column.get("Type", "")) for column in columns)
