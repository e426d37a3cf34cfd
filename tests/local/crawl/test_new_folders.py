"""`CRAWL_NEW_FOLDERS_ONLY`: https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gluedsl.local.crawl import CrawlResult
    from tests.local.crawl.conftest import Lake

_A = "id,name\n1,x\n2,y\n"
_B = "city,country\nDublin,1\nParis,2\n"


def _crawl(lake: Lake, **members: Any) -> CrawlResult:
    return lake.crawl("s3://lake/sales/", RecrawlPolicy={"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}, **members)


def test_the_first_crawl_reads_everything(lake: Lake) -> None:
    """Without tables of its own the crawler crawls as ever, with both behaviours LOG."""
    lake.put({"sales/month=Jan/day=1/x.csv": _A, "sales/month=Jan/day=2/x.csv": _A})

    result = _crawl(lake)

    assert (result.tables_created, result.partitions_created) == (("sales",), 2)
    assert (
        '[crawl-1] INFO : Crawler configured with SchemaChangePolicy {"UpdateBehavior":"LOG","DeleteBehavior":"LOG"}.'
        in result.log
    )


def test_only_new_folders_are_read(lake: Lake) -> None:
    """AWS's example: March is added; what changed or is gone in January is not seen."""
    lake.put({"sales/month=Jan/day=1/x.csv": _A, "sales/month=Jan/day=2/x.csv": _A})
    _crawl(lake)
    lake.delete("sales/month=Jan/day=2/x.csv")
    lake.put({"sales/month=Jan/day=1/y.csv": _B, "sales/month=Mar/day=1/x.csv": _A})
    before = lake.table("sales")

    result = _crawl(lake)

    assert (result.partitions_created, result.tables_updated, result.warnings) == (1, (), ())
    assert set(lake.partitions("sales")) == {("Jan", "1"), ("Jan", "2"), ("Mar", "1")}
    assert lake.table("sales") == before


def test_keys_are_compared_as_the_catalogue_spells_them(lake: Lake) -> None:
    """`Load-Date=1` is the key `load_date`; plain folders are `partition_1` and so on."""
    lake.put({"sales/Load-Date=1/a/x.csv": _A, "sales/Load-Date=2/a/x.csv": _A})
    _crawl(lake)
    lake.put({"sales/Load-Date=3/b/x.csv": _A})

    result = _crawl(lake)

    assert lake.keys("sales") == ["load_date", "partition_1"]
    assert (result.partitions_created, result.warnings) == (1, ())


def test_folders_that_do_not_fit_are_skipped(lake: Lake) -> None:
    """Another schema, format or structure of the path is logged and ignored."""
    lake.put({"sales/month=Jan/day=1/x.csv": _A})
    _crawl(lake)
    lake.put(
        {
            "sales/month=Feb/day=1/x.csv": _B,
            "sales/month=Feb/day=2/x.json": '{"id": 1, "name": "x"}',
            "sales/month=Feb/sday=3/x.csv": _A,
            "sales/month=Feb/day=4/hour=1/x.csv": _A,
        }
    )

    result = _crawl(lake)

    assert result.partitions_created == 0
    assert sorted(result.warnings) == [
        "Folder partition keys do not match table partition keys, skipped folder: lake/sales/month=Feb/day=4/hour=1/",
        "Folder partition keys do not match table partition keys, skipped folder: lake/sales/month=Feb/sday=3/",
        "Folder schema does not match the schema of table sales, skipped folder: lake/sales/month=Feb/day=1/",
        "Folder schema does not match the schema of table sales, skipped folder: lake/sales/month=Feb/day=2/",
    ]


def test_new_folders_beside_known_tables_are_tables(lake: Lake) -> None:
    """The folder above known tables does not become a table when one more folder appears."""
    lake.put({"sales/orders/x.csv": _A, "sales/towns/x.csv": _B})
    _crawl(lake)
    lake.put({"sales/people/x.csv": _A, "sales/orders/y.csv": _A})

    result = _crawl(lake)

    assert result.tables_created == ("people",)
    assert lake.locations() == {
        "orders": "s3://lake/sales/orders/",
        "towns": "s3://lake/sales/towns/",
        "people": "s3://lake/sales/people/",
    }
    assert lake.table("orders")["Parameters"]["objectCount"] == "1"


def test_new_columns_are_merged_on_request(lake: Lake) -> None:
    """`MergeNewColumns` overrides LOG for tables: a new folder may bring a column."""
    lake.put({"sales/day=1/x.csv": "a,b,c\n1,2,3\n"})
    _crawl(lake)
    lake.put({"sales/day=2/x.csv": "a,b,c,d\n1,2,3,4\n"})

    result = _crawl(lake, configuration={"CrawlerOutput": {"Tables": {"AddOrUpdateBehavior": "MergeNewColumns"}}})

    assert (result.tables_updated, result.partitions_created) == (("sales",), 1)
    assert list(lake.columns("sales")) == ["a", "b", "c", "d"]
    assert list(lake.partitions("sales")) == [("1",), ("2",)]
