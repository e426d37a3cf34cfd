"""Crawling what tables of the catalogue name.

https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local.crawl import CrawlError

if TYPE_CHECKING:
    from gluedsl.local.crawl import CrawlResult
    from tests.local.crawl.conftest import Lake

_A = "id,name\n1,x\n2,y\n"


def _crawl(lake: Lake, *tables: str, **members: Any) -> CrawlResult:
    targets = {"CatalogTargets": [{"DatabaseName": "db", "Tables": list(tables)}]}
    return lake.crawl(Targets=targets, DatabaseName=None, **members)


def _make(lake: Lake, name: str, location: str, keys: list[Any] | None = None) -> None:
    if not lake.glue.get_databases()["DatabaseList"]:
        lake.glue.create_database(DatabaseInput={"Name": "db"})
    lake.glue.create_table(
        DatabaseName="db",
        TableInput={
            "Name": name,
            "LastAccessTime": "2026-01-01T00:00:00Z",
            "StorageDescriptor": {"Columns": [{"Name": "id", "Type": "string"}], "Location": location},
            "PartitionKeys": keys or [],
        },
    )


def test_an_existing_table_is_brought_up_to_date(lake: Lake) -> None:
    """Columns and partitions come from the data; name, location and partition keys are the table's own."""
    lake.put({"in/day=1/x.csv": _A, "in/day=2/x.csv": _A})
    _make(lake, "by_hand", "s3://lake/in", [{"Name": "dt", "Type": "date"}])

    result = _crawl(lake, "by_hand")

    assert (result.tables_updated, result.partitions_created) == (("by_hand",), 2)
    assert lake.columns("by_hand") == {"id": "bigint", "name": "string"}
    table = lake.table("by_hand")
    assert table["PartitionKeys"] == [{"Name": "dt", "Type": "date"}]
    assert table["StorageDescriptor"]["Location"] == "s3://lake/in"
    assert table["Parameters"]["UPDATED_BY_CRAWLER"] == "c"
    assert lake.partitions("by_hand")["2",]["StorageDescriptor"]["Location"] == "s3://lake/in/day=2/"


def test_schemas_are_combined_and_a_table_without_keys_stays_without(lake: Lake) -> None:
    """The grouping policy is always `CombineCompatibleSchemas`."""
    lake.put({"in/a/x.csv": _A, "in/b/x.csv": "city,n\nx,1\n"})
    _make(lake, "by_hand", "s3://lake/in/")

    _crawl(lake, "by_hand")

    assert list(lake.columns("by_hand")) == ["id", "name", "city", "n"]
    assert lake.keys("by_hand") == []


def test_no_table_is_created_and_none_is_deleted(lake: Lake) -> None:
    """Gone data is logged, whatever the crawler's delete behaviour says."""
    _make(lake, "by_hand", "s3://lake/in/")

    result = _crawl(lake, "by_hand", SchemaChangePolicy={"DeleteBehavior": "DELETE_FROM_DATABASE"})

    assert lake.names() == ["by_hand"]
    assert result.tables_deleted == ()
    assert "[crawl-1] INFO : Found table by_hand with no matching schema at the table's location." in result.log


def test_log_leaves_the_schema(lake: Lake) -> None:
    """With UpdateBehavior LOG only partitions are added."""
    lake.put({"in/day=1/x.csv": _A})
    _make(lake, "by_hand", "s3://lake/in/", [{"Name": "day", "Type": "string"}])

    result = _crawl(lake, "by_hand", SchemaChangePolicy={"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"})

    assert lake.columns("by_hand") == {"id": "string"}
    assert result.partitions_created == 1


def test_folders_of_another_structure_are_skipped(lake: Lake) -> None:
    """A table with one key does not take folders of two levels."""
    lake.put({"in/month=1/day=1/x.csv": _A})
    _make(lake, "by_hand", "s3://lake/in/", [{"Name": "day", "Type": "string"}])

    result = _crawl(lake, "by_hand")

    assert (result.tables_updated, result.partitions_created) == ((), 0)
    assert result.warnings == (
        "Folder partition keys do not match table partition keys, skipped folder: lake/in/month=1/day=1/",
    )


def test_data_that_is_no_one_table_leaves_it_as_it_is(lake: Lake) -> None:
    """Formats cannot be combined."""
    lake.put({"in/x.csv": _A, "in/y.json": '{"id": 1}'})
    _make(lake, "by_hand", "s3://lake/in/")

    result = _crawl(lake, "by_hand")

    assert lake.columns("by_hand") == {"id": "string"}
    assert result.warnings[-1] == (
        "Table db.by_hand: what lies at s3://lake/in/ differs in format or structure, so that the table stays as it is."
    )


def test_a_table_that_lies_on_a_file_is_read_from_it(lake: Lake) -> None:
    """Its location names one object."""
    lake.put({"in/x.csv": _A})
    _make(lake, "by_hand", "s3://lake/in/x.csv")

    _crawl(lake, "by_hand")

    assert lake.columns("by_hand") == {"id": "bigint", "name": "string"}
    assert lake.locations() == {"by_hand": "s3://lake/in/x.csv"}


def test_a_table_that_is_not_there_fails_the_crawl(lake: Lake) -> None:
    """The crawl says which."""
    with pytest.raises(CrawlError) as caught:
        _crawl(lake, "nowhere")

    assert caught.value.message == "Table db.nowhere does not exist."


def test_a_table_elsewhere_than_on_s3_fails_the_crawl(lake: Lake) -> None:
    """DynamoDB tables are read by AWS only."""
    _make(lake, "items", "arn:aws:dynamodb:us-east-1:123456789012:table/items")

    with pytest.raises(CrawlError) as caught:
        _crawl(lake, "items")

    assert caught.value.message == (
        "Table db.items lies at `arn:aws:dynamodb:us-east-1:123456789012:table/items`: the local crawler reads S3 only."
    )
