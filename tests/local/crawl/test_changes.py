"""Crawling again: what happens to tables and partitions that changed or are gone.

https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.local.crawl.conftest import Lake

_OLD = "id,name\n1,x\n2,y\n"
_NEW = "id,name,price\n1,x,2.5\n2,y,3\n"
_GONE = "1767323045000"
"""The crawl's time in milliseconds."""


def test_a_second_crawl_of_the_same_data_changes_nothing(lake: Lake) -> None:
    """Not even the id of the crawl is written when that is all that changed."""
    lake.put({"t/day=1/x.csv": _OLD, "t/day=2/x.csv": _OLD})
    lake.crawl("s3://lake/t/")

    result = lake.crawl("s3://lake/t/", crawl_id="crawl-2")

    assert result.tables_unchanged == ("t",)
    assert (result.tables_updated, result.partitions_created, result.partitions_updated) == ((), 0, 0)
    assert lake.table("t")["Parameters"]["CRAWL_RUN_ID"] == "crawl-1"


def test_update_in_database_replaces_the_table(lake: Lake) -> None:
    """Columns come and go, and "any metadata that is not set by the crawler" goes."""
    lake.put({"t/day=1/x.csv": _NEW})
    lake.crawl("s3://lake/t/")
    table = lake.table("t")
    lake.edit(table | {"Description": "mine"})
    lake.put({"t/day=1/x.csv": _OLD, "t/day=2/x.csv": _OLD})

    result = lake.crawl("s3://lake/t/", crawl_id="crawl-2")

    assert result.tables_updated == ("t",)
    assert (result.partitions_created, result.partitions_updated) == (1, 1)
    assert lake.columns("t") == {"id": "bigint", "name": "string"}
    assert "Description" not in lake.table("t")
    assert lake.table("t")["Parameters"]["CRAWL_RUN_ID"] == "crawl-2"
    columns = lake.partitions("t")["1",]["StorageDescriptor"]["Columns"]
    assert [column["Name"] for column in columns] == ["id", "name"]


def test_log_leaves_the_table_and_still_adds_partitions(lake: Lake) -> None:
    """AWS: new tables and partitions are created "regardless of the schema change policy"."""
    policy = {"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"}
    lake.put({"t/day=1/x.csv": _OLD})
    lake.crawl("s3://lake/t/", SchemaChangePolicy=policy)
    lake.put({"t/day=1/x.csv": _NEW, "t/day=2/x.csv": _NEW})

    result = lake.crawl("s3://lake/t/", SchemaChangePolicy=policy)

    assert result.tables_unchanged == ("t",)
    assert list(lake.columns("t")) == ["id", "name"]
    assert {values: len(p["StorageDescriptor"]["Columns"]) for values, p in lake.partitions("t").items()} == {
        ("1",): 2,
        ("2",): 3,
    }
    assert "[crawl-1] INFO : Table t has another schema than its data; it stays as it is." in result.log


def test_merge_new_columns_only_adds(lake: Lake) -> None:
    """Existing columns keep their type and nothing is removed, in tables and in partitions."""
    merge = {"CrawlerOutput": {"Tables": {"AddOrUpdateBehavior": "MergeNewColumns"}}}
    lake.put({"t/day=1/x.csv": "id,name,gone\n1,x,1\n2,y,2\n"})
    lake.crawl("s3://lake/t/")
    lake.edit(lake.table("t") | {"Description": "mine"})
    lake.put({"t/day=1/x.csv": "id,name,price\nk1,x,2.5\nk2,y,3\n"})

    result = lake.crawl("s3://lake/t/", configuration=merge)

    assert result.tables_updated == ("t",)
    assert lake.columns("t") == {"id": "bigint", "name": "string", "gone": "bigint", "price": "double"}
    assert lake.table("t")["Description"] == "mine"
    columns = lake.partitions("t")["1",]["StorageDescriptor"]["Columns"]
    assert [column["Name"] for column in columns] == ["id", "name", "gone", "price"]


def test_merge_new_columns_deprecates_what_became_another_format(lake: Lake) -> None:
    """AWS: if an attribute "changes significantly, mark the table as deprecated, and log a warning"."""
    merge = {"CrawlerOutput": {"Tables": {"AddOrUpdateBehavior": "MergeNewColumns"}}}
    lake.put({"t/x.csv": _OLD})
    lake.crawl("s3://lake/t/")
    lake.put({"t/x.csv": _OLD.replace(",", ";")})

    result = lake.crawl("s3://lake/t/", configuration=merge)

    assert result.tables_deprecated == ("t",)
    assert lake.table("t")["Parameters"]["DEPRECATED_BY_CRAWLER"] == _GONE
    assert lake.table("t")["Parameters"]["delimiter"] == ","
    assert result.warnings == (
        (
            "Table t is marked deprecated: classification, compression or delimiter of its data changed and needs to "
            "be resolved."
        ),
    )


def test_partitions_inherit_from_their_table_on_request(lake: Lake) -> None:
    """New and existing partitions take the table's schema, also when the table itself may not change."""
    inherit = {"CrawlerOutput": {"Partitions": {"AddOrUpdateBehavior": "InheritFromTable"}}}
    lake.put({"t/day=1/x.csv": _OLD})
    lake.crawl("s3://lake/t/")
    table = lake.table("t")
    table["StorageDescriptor"]["Columns"][0]["Type"] = "string"
    lake.edit(table)
    lake.put({"t/day=2/x.csv": _OLD})

    result = lake.crawl(
        "s3://lake/t/",
        configuration=inherit,
        SchemaChangePolicy={"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"},
    )

    assert (result.partitions_created, result.partitions_updated) == (1, 1)
    types = {v: p["StorageDescriptor"]["Columns"][0]["Type"] for v, p in lake.partitions("t").items()}
    assert types == {("1",): "string", ("2",): "string"}


def test_tables_whose_data_is_gone_are_marked_by_default(lake: Lake) -> None:
    """`DEPRECATE_IN_DATABASE` is the default; a table is marked once, and the mark goes when the data is back."""
    lake.put({"a/x.csv": _OLD, "b/x.csv": _NEW})
    lake.crawl("s3://lake/a/", "s3://lake/b/")
    lake.delete("a/x.csv")

    result = lake.crawl("s3://lake/a/", "s3://lake/b/")
    again = lake.crawl("s3://lake/a/", "s3://lake/b/")

    assert (result.tables_deprecated, result.tables_unchanged) == (("a",), ("b",))
    assert (again.tables_deprecated, again.tables_unchanged) == ((), ("b", "a"))
    assert lake.table("a")["Parameters"]["DEPRECATED_BY_CRAWLER"] == _GONE
    assert lake.table("a")["StorageDescriptor"]["Parameters"]["DEPRECATED_BY_CRAWLER"] == _GONE
    assert (
        "[crawl-1] INFO : Table a is marked deprecated because a matching schema was not found at the table's location."
        in result.log
    )

    lake.put({"a/x.csv": _OLD})
    assert lake.crawl("s3://lake/a/", "s3://lake/b/").tables_updated == ("a",)
    assert "DEPRECATED_BY_CRAWLER" not in lake.table("a")["Parameters"]


def test_tables_whose_data_is_gone_can_be_deleted(lake: Lake) -> None:
    """`DELETE_FROM_DATABASE` takes tables and partitions away."""
    policy = {"DeleteBehavior": "DELETE_FROM_DATABASE"}
    lake.put({"a/x.csv": _OLD} | {f"b/day={day:02}/x.csv": _NEW for day in range(60)})
    lake.crawl("s3://lake/a/", "s3://lake/b/")
    lake.delete("a/x.csv")
    for day in range(1, 60):
        lake.delete(f"b/day={day:02}/x.csv")

    result = lake.crawl("s3://lake/a/", "s3://lake/b/", SchemaChangePolicy=policy)

    assert (result.tables_deleted, result.partitions_deleted) == (("a",), 59)
    assert lake.names() == ["b"]
    assert list(lake.partitions("b")) == [("00",)]
    assert (
        "[crawl-1] INFO : Table a is deleted because a matching schema was not found at the table's location."
        in result.log
    )


@pytest.mark.parametrize("behavior", ["LOG", "DEPRECATE_IN_DATABASE"])
def test_partitions_whose_data_is_gone_are_only_logged(lake: Lake, behavior: str) -> None:
    """Only tables are marked; a partition stays until a crawl may delete it."""
    lake.put({"t/y=1/m=1/x.csv": _OLD, "t/y=1/m=2/x.csv": _OLD})
    lake.crawl("s3://lake/t/")
    lake.delete("t/y=1/m=2/x.csv")

    result = lake.crawl("s3://lake/t/", SchemaChangePolicy={"DeleteBehavior": behavior})

    assert set(lake.partitions("t")) == {("1", "1"), ("1", "2")}
    assert (
        "[crawl-1] INFO : Found partition of table t with partition values [1, 2] with no matching schema at the "
        "partition's S3 location" in result.log
    )


def test_log_leaves_tables_whose_data_is_gone(lake: Lake) -> None:
    """The log says so."""
    lake.put({"t/x.csv": _OLD})
    lake.crawl("s3://lake/t/")
    lake.delete("t/x.csv")

    result = lake.crawl("s3://lake/t/", SchemaChangePolicy={"DeleteBehavior": "LOG"})

    assert lake.names() == ["t"]
    assert "[crawl-1] INFO : Found table t with no matching schema at the table's location." in result.log


def test_tables_of_others_are_left_alone(lake: Lake) -> None:
    """Neither another crawler's tables nor what lies elsewhere is taken for gone."""
    lake.put({"a/x.csv": _OLD, "b/x.csv": _NEW})
    lake.crawl("s3://lake/a/", Name="other")
    lake.crawl("s3://lake/b/")
    lake.delete("a/x.csv")

    result = lake.crawl("s3://lake/a/")

    assert result.tables_deprecated == ()
    assert sorted(lake.names()) == ["a", "b"]
    assert "DEPRECATED_BY_CRAWLER" not in lake.table("b")["Parameters"]


def test_a_table_of_that_name_elsewhere_keeps_it(lake: Lake) -> None:
    """The crawler's own table gets a hash, and the other table is not touched."""
    lake.put({"old/t/x.csv": _OLD, "new/t/x.csv": _NEW})
    lake.crawl("s3://lake/old/t/", Name="other")

    result = lake.crawl("s3://lake/new/t/")

    (name,) = result.tables_created
    assert name.startswith("t_")
    assert lake.locations() == {"t": "s3://lake/old/t/", name: "s3://lake/new/t/"}


def test_other_partition_keys_replace_the_partitions(lake: Lake) -> None:
    """Under `UPDATE_IN_DATABASE` the table follows its data; under `LOG` folders of another structure are skipped."""
    lake.put({"t/day=1/x.csv": _OLD})
    lake.crawl("s3://lake/t/")
    lake.delete("t/day=1/x.csv")
    lake.put({"t/month=1/day=1/x.csv": _OLD})

    logged = lake.crawl("s3://lake/t/", SchemaChangePolicy={"UpdateBehavior": "LOG"})
    assert (lake.keys("t"), logged.partitions_created) == (["day"], 0)
    assert logged.warnings == (
        "Folder partition keys do not match table partition keys, skipped folder: lake/t/month=1/day=1/",
    )

    updated = lake.crawl("s3://lake/t/")
    assert lake.keys("t") == ["month", "day"]
    assert list(lake.partitions("t")) == [("1", "1")]
    assert (updated.partitions_deleted, updated.partitions_created) == (1, 1)
