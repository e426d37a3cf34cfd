"""Parquet: a file's footer to columns, by DuckDB.

Comes in: the first and last bytes of an object. Goes out: columns and the exact number of rows.
Only the footer is read: "For Parquet files, the crawler directly infers the schema from the file"
(https://repost.aws/knowledge-center/glue-crawler-detect-schema).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.local.crawl.columns import Array, Column, HiveType, Map, Scalar, Struct

if TYPE_CHECKING:
    import duckdb

MAGIC = b"PAR1"
TAIL = 8
"""The last bytes of a file: the footer's length in four bytes, and the magic."""

_SCALARS = {
    "boolean": "boolean",
    "tinyint": "tinyint",
    "smallint": "smallint",
    "integer": "int",
    "bigint": "bigint",
    # The catalogue has no unsigned numbers. AWS is silent: the next wider type holds all values.
    "utinyint": "smallint",
    "usmallint": "int",
    "uinteger": "bigint",
    "ubigint": "decimal(20,0)",
    "float": "float",
    "double": "double",
    "date": "date",
    "timestamp": "timestamp",
    "timestamp_s": "timestamp",
    "timestamp_ms": "timestamp",
    "timestamp_ns": "timestamp",
    "timestamp with time zone": "timestamp",
    "timestamp_tz_ns": "timestamp",
    "blob": "binary",
    "varchar": "string",
}
"""By DuckDB's name of a type; what is not here (UUID, TIME, ENUM) is a string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetRows:
    """What the footer of a Parquet file says."""

    columns: tuple[Column, ...]
    records: int
    bytes: int
    """Uncompressed bytes of all rows."""


def footer_length(tail: bytes) -> int | None:
    """Return how long the footer is, from the last bytes of a file; None: this is no Parquet file."""
    return int.from_bytes(tail[-TAIL:-4], "little") if tail[-4:] == MAGIC else None


class ParquetReader:
    """Reads footers; keeps one DuckDB for a crawl."""

    def __init__(self) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = None

    def read(self, size: int, tail: bytes) -> ParquetRows | None:
        """Return the columns of a file of `size` bytes that ends in `tail`; None: its footer is broken."""
        connection = self._connect()
        import duckdb  # noqa: PLC0415 -- `_connect` has just found it

        with tempfile.TemporaryDirectory(prefix="gluedsl-crawl-") as folder:
            path = Path(folder) / "sample.parquet"
            with path.open("wb") as file:
                # DuckDB reads nothing but the ends, so the rows in between can be a hole that takes no room.
                file.write(MAGIC)
                file.seek(max(size - len(tail), 0))
                file.write(tail)
            try:
                relation = connection.execute(
                    "SELECT * FROM read_parquet(?, hive_partitioning=false) LIMIT 0", [str(path)]
                )
                columns = tuple(Column(name.lower(), _type(kind)) for name, kind, *_ in relation.description)
                rows = connection.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchall()
                sizes = connection.execute(
                    "SELECT coalesce(sum(total_uncompressed_size), 0) FROM parquet_metadata(?)", [str(path)]
                ).fetchall()
            except duckdb.Error:
                return None
        return ParquetRows(columns=columns, records=int(rows[0][0]), bytes=int(sizes[0][0]))

    def close(self) -> None:
        """Let go of DuckDB."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = _duckdb_connection()
        return self._connection


def _duckdb_connection() -> duckdb.DuckDBPyConnection:
    try:
        import duckdb  # noqa: PLC0415 -- an optional dependency, wanted only where a crawl meets Parquet
    except ImportError as error:
        message = "The local crawler reads Parquet with DuckDB, which is not installed."
        raise UsageError(message, hint='pip install "gluedsl[local]"') from error
    return duckdb.connect(":memory:", config={"threads": "1"})


def _type(kind: Any) -> HiveType:
    children: list[tuple[str, Any]] = kind.children if kind.id in ("struct", "list", "array", "map", "decimal") else []
    parts = dict(children)
    match kind.id:
        case "struct":
            return Struct(tuple((name.lower(), _type(part)) for name, part in children))
        case "list" | "array":
            return Array(_type(parts["child"]))
        case "map":
            return Map(_type(parts["key"]), _type(parts["value"]))
        case "decimal":
            return Scalar(f"decimal({parts['precision']},{parts['scale']})")
        case name:
            return Scalar(_SCALARS.get(name, "string"))
