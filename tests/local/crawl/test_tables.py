"""Whole tables, as `GetTable` returns them after a crawl.

Their shape is that of tables that AWS's crawler wrote: see `gluedsl/local/crawl/formats.py` for where those are public.
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from tests.local.crawl.conftest import Lake

_NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_TEXT = {
    "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
    "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    "NumberOfBuckets": -1,
    "BucketColumns": [],
    "SortColumns": [],
    "StoredAsSubDirectories": False,
}
_CRAWLED = {
    "CRAWL_RUN_ID": "crawl-1",
    "CrawlerSchemaDeserializerVersion": "1.0",
    "CrawlerSchemaSerializerVersion": "1.0",
    "UPDATED_BY_CRAWLER": "c",
    "typeOfData": "file",
}
_ZONES = '"LocationID","Borough","Zone"\n1,"EWR","Newark Airport"\n2,"Queens","Jamaica Bay, west"\n'


def _table(name: str, storage: dict[str, Any], keys: list[str], parameters: dict[str, str]) -> dict[str, Any]:
    index = {"partition_filtering.enabled": "true"} if keys else {}
    return {
        "Name": name,
        "Owner": "owner",
        "LastAccessTime": _NOW,
        "Retention": 0,
        "StorageDescriptor": storage | {"Parameters": parameters},
        "PartitionKeys": [{"Name": key, "Type": "string"} for key in keys],
        "TableType": "EXTERNAL_TABLE",
        "Parameters": parameters | index,
    }


def test_csv_table_is_what_a_crawler_writes(lake: Lake) -> None:
    """Quoted cells are read, yet the table says that columns are not quoted, as AWS's does."""
    lake.put({"misc/zones.csv": _ZONES, "misc/readme.html": "<html>"})

    result = lake.crawl("s3://lake/misc/", target={"Exclusions": ["*.html"]}, TablePrefix="csv_")

    storage = {
        **_TEXT,
        "Columns": [
            {"Name": "locationid", "Type": "bigint"},
            {"Name": "borough", "Type": "string"},
            {"Name": "zone", "Type": "string"},
        ],
        "Location": "s3://lake/misc/",
        "Compressed": False,
        "SerdeInfo": {
            "SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            "Parameters": {"field.delim": ","},
        },
    }
    parameters = _CRAWLED | {
        "areColumnsQuoted": "false",
        "averageRecordSize": str(len(_ZONES) // 2),
        "classification": "csv",
        "columnsOrdered": "true",
        "compressionType": "none",
        "delimiter": ",",
        "exclusions": '["s3://lake/misc/*.html"]',
        "objectCount": "1",
        "recordCount": "2",
        "sizeKey": str(len(_ZONES)),
        "skip.header.line.count": "1",
    }
    assert lake.table("csv_misc") == _table("csv_misc", storage, [], parameters)
    assert result.tables_created == ("csv_misc",)
    assert result.warnings == ()


def test_partitioned_json_table_and_its_partition(lake: Lake) -> None:
    """Names are lower case in columns and structs, and as written in the SerDe's sorted paths."""
    record = {"Name": "x", "Position": [{"Lat": 1.5, "lon": 2}], "visits": 3, "seen": None}
    body = gzip.compress(json.dumps(record).encode() + b"\n")
    lake.put({"markers/day=1/a.json.gz": body, "markers/day=2/a.json.gz": body})

    lake.crawl("s3://lake/markers")

    storage = {
        **_TEXT,
        "Columns": [
            {"Name": "name", "Type": "string"},
            {"Name": "position", "Type": "array<struct<lat:double,lon:int>>"},
            {"Name": "visits", "Type": "int"},
            {"Name": "seen", "Type": "string"},
        ],
        "Location": "s3://lake/markers/",
        "Compressed": True,
        "SerdeInfo": {
            "SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe",
            "Parameters": {"paths": "Name,Position,seen,visits"},
        },
    }
    parameters = _CRAWLED | {
        "averageRecordSize": str(len(json.dumps(record))),
        "classification": "json",
        "compressionType": "gzip",
        "objectCount": "2",
        "recordCount": "2",
        "sizeKey": str(2 * len(body)),
    }
    assert lake.table("markers") == _table("markers", storage, ["day"], parameters)
    of_day = parameters | {"objectCount": "1", "recordCount": "1", "sizeKey": str(len(body))}
    assert lake.partitions("markers")["2",] == {
        "Values": ["2"],
        "LastAccessTime": _NOW,
        "StorageDescriptor": storage | {"Location": "s3://lake/markers/day=2/", "Parameters": of_day},
        "Parameters": of_day,
    }


def test_parquet_table_is_what_a_crawler_writes(lake: Lake) -> None:
    """Compression inside of a Parquet file is not the table's: AWS leaves `compressionType` at none."""
    body = lake.parquet("flights/a.parquet", "SELECT range::INT AS Yr, 'x' AS carrier FROM range(1000)")

    lake.crawl("s3://lake/flights/")

    table = lake.table("flights")
    parameters = _CRAWLED | {
        "averageRecordSize": table["Parameters"]["averageRecordSize"],
        "classification": "parquet",
        "compressionType": "none",
        "objectCount": "1",
        "recordCount": "1000",
        "sizeKey": str(len(body)),
    }
    storage = _TEXT | {
        "Columns": [{"Name": "yr", "Type": "int"}, {"Name": "carrier", "Type": "string"}],
        "Location": "s3://lake/flights/",
        "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "Compressed": False,
        "SerdeInfo": {
            "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "Parameters": {"serialization.format": "1"},
        },
    }
    assert table == _table("flights", storage, [], parameters)
    assert 1 <= int(parameters["averageRecordSize"]) < 10


def test_what_no_classifier_knows_is_a_table_of_classification_unknown(lake: Lake) -> None:
    """AWS documents the classification: without a classifier that is certain, it is UNKNOWN."""
    lake.put({"notes/a.txt": "just some words\nand more\n"})

    result = lake.crawl("s3://lake/notes/")

    storage = {
        "Columns": [],
        "Location": "s3://lake/notes/",
        "Compressed": False,
        "NumberOfBuckets": -1,
        "SerdeInfo": {"Parameters": {}},
        "BucketColumns": [],
        "SortColumns": [],
        "StoredAsSubDirectories": False,
    }
    parameters = _CRAWLED | {
        "classification": "UNKNOWN",
        "compressionType": "none",
        "objectCount": "1",
        "sizeKey": "25",
    }
    assert lake.table("notes") == _table("notes", storage, [], parameters)
    assert result.warnings == (
        (
            "s3://lake/notes/a.txt: classified UNKNOWN, as it is neither CSV of two columns and two rows, nor JSON, "
            "nor Parquet."
        ),
    )


def test_log_reads_like_the_crawlers_log_in_cloudwatch(lake: Lake) -> None:
    """The lines are those that AWS's crawler writes to `/aws-glue/crawlers`."""
    lake.put({"orders/day=1/a.csv": "a,b\n1,2\n", "orders/day=2/a.csv": "a,b\n3,4\n"})

    result = lake.crawl("s3://lake/orders/")

    assert result.log == (
        "[crawl-1] BENCHMARK : Running Start Crawl for Crawler c",
        "[crawl-1] BENCHMARK : Classification complete, writing results to database db",
        (
            '[crawl-1] INFO : Crawler configured with SchemaChangePolicy {"UpdateBehavior":"UPDATE_IN_DATABASE",'
            '"DeleteBehavior":"DEPRECATE_IN_DATABASE"}.'
        ),
        "[crawl-1] INFO : Created database db",
        "[crawl-1] INFO : Created table orders in database db",
        "[crawl-1] BENCHMARK : Finished writing to Catalog",
        "[crawl-1] INFO : Run Summary For PARTITION:",
        "[crawl-1] INFO : ADD: 2",
        "[crawl-1] INFO : Run Summary For TABLE:",
        "[crawl-1] INFO : ADD: 1",
        "[crawl-1] BENCHMARK : Crawler has finished running and is in state READY",
    )


def test_without_a_database_tables_go_to_the_default_one(lake: Lake) -> None:
    """AWS documents it: a crawler without a database writes to `default`."""
    lake.put({"orders/a.csv": "a,b\n1,2\n"})

    lake.crawl("s3://lake/orders/", DatabaseName=None)

    tables = lake.glue.get_tables(DatabaseName="default")["TableList"]
    assert [table["Name"] for table in tables] == ["orders"]


def test_an_empty_target_makes_no_table_and_no_database(lake: Lake) -> None:
    """A crawl of nothing succeeds and says so."""
    lake.put({"empty/": "", "empty/_SUCCESS": "", "empty/x$folder$": ""})

    result = lake.crawl("s3://lake/empty/")

    assert result.tables_created == ()
    assert result.warnings == (
        (
            "s3://lake/empty/x$folder$: empty, left out. AWS's crawler can make tables of empty objects that lie "
            "beside folders."
        ),
        "s3://lake/empty/: no data there, so that there is no table.",
    )
    assert lake.glue.get_databases()["DatabaseList"] == []
