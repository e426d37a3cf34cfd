"""Parquet footers to columns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from tests.local.crawl.conftest import Lake

_QUERY = """
SELECT true AS Flag, 1::TINYINT AS tiny, 2::SMALLINT AS small, 3::INT AS i, 4::BIGINT AS big, 5::UINTEGER AS u,
    6::UBIGINT AS ubig, 1.5::FLOAT AS f, 2.5::DOUBLE AS d, 1.25::DECIMAL(12, 3) AS price, 'x' AS Name,
    DATE '2026-01-02' AS day, TIMESTAMP '2026-01-02 03:04:05' AS at, TIMESTAMPTZ '2026-01-02 03:04:05Z' AS atz,
    'ab'::BLOB AS raw, [1, 2]::INT[] AS list, {'Lat': 1.5::DOUBLE, 'tags': ['a']} AS Place, MAP {'k': 1::BIGINT} AS m
"""


def test_types_are_hives(lake: Lake) -> None:
    """Each type of Parquet has its name in the catalogue; nested names are lower case."""
    lake.parquet("t/a.parquet", _QUERY)

    lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {
        "flag": "boolean",
        "tiny": "tinyint",
        "small": "smallint",
        "i": "int",
        "big": "bigint",
        "u": "bigint",
        "ubig": "decimal(20,0)",
        "f": "float",
        "d": "double",
        "price": "decimal(12,3)",
        "name": "string",
        "day": "date",
        "at": "timestamp",
        "atz": "timestamp",
        "raw": "binary",
        "list": "array<int>",
        "place": "struct<lat:double,tags:array<string>>",
        "m": "map<string,bigint>",
    }


def test_only_the_ends_of_a_large_file_are_read(lake: Lake) -> None:
    """The footer is enough for columns and the count of rows, also when it is larger than one read."""
    columns = ", ".join(f"random() AS a_rather_long_name_of_a_column_{n:04}" for n in range(400))
    body = lake.parquet("t/a.parquet", f"SELECT {columns} FROM range(2000)")  # noqa: S608 -- our own columns
    assert len(body) > 4 * 1024 * 1024

    lake.crawl("s3://lake/t/")

    assert len(lake.columns("t")) == 400
    assert lake.table("t")["Parameters"]["recordCount"] == "2000"


def test_hive_keys_in_the_path_do_not_become_columns(lake: Lake) -> None:
    """Keys of the path are partition keys only."""
    lake.parquet("t/day=1/a.parquet", "SELECT 1 AS n")
    lake.parquet("t/day=2/a.parquet", "SELECT 2 AS n")

    lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {"n": "int"}
    assert lake.keys("t") == ["day"]


def test_a_broken_footer_is_unknown(lake: Lake) -> None:
    """A file that begins like Parquet and does not end like it has no columns."""
    lake.put({"t/a.parquet": b"PAR1" + b"x" * 100})

    result = lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {}
    assert result.warnings == ("s3://lake/t/a.parquet: classified UNKNOWN, as its Parquet footer cannot be read.",)


def test_without_duckdb_a_crawl_of_parquet_says_what_to_install(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB is wanted where a crawl meets Parquet, not before."""
    lake.parquet("t/a.parquet", "SELECT 1 AS n")
    lake.put({"csv/a.csv": "a,b\n1,2\n"})
    monkeypatch.setitem(sys.modules, "duckdb", None)

    assert lake.crawl("s3://lake/csv/").tables_created == ("csv",)
    with pytest.raises(UsageError) as caught:
        lake.crawl("s3://lake/t/")

    assert caught.value.message == "The local crawler reads Parquet with DuckDB, which is not installed."
    assert caught.value.hint == 'pip install "gluedsl[local]"'
