"""Which folders become tables, which become partitions, and what they are called."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.local.crawl.conftest import Lake

_A = "id,name\n1,x\n2,y\n"
_B = "city,country\nDublin,1\nParis,2\n"
_DIFFER = (
    "its files differ in format or schema, so that each is a table of its own. Athena finds no rows in a table whose "
    "location is a file."
)


def test_hive_folders_are_one_table_with_their_keys(lake: Lake) -> None:
    """AWS's first example: https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html."""
    days = [("2019", "Jan", "1"), ("2019", "Jan", "2"), ("2019", "Feb", "1"), ("2019", "Feb", "2")]
    lake.put({f"Sales/year={y}/month={m}/day={d}/{part}.csv": _A for y, m, d in days for part in "xy"})

    lake.crawl("s3://lake/Sales")

    assert lake.locations() == {"sales": "s3://lake/Sales/"}
    assert lake.keys("sales") == ["year", "month", "day"]
    partitions = lake.partitions("sales")
    assert set(partitions) == set(days)
    location = partitions["2019", "Jan", "1"]["StorageDescriptor"]["Location"]
    assert location == "s3://lake/Sales/year=2019/month=Jan/day=1/"


def test_plain_folders_are_partitions_too(lake: Lake) -> None:
    """AWS's second example: two keys, the first of which holds `table1` and `table2`."""
    paths = ["table1/partition1", "table1/partition2", "table1/partition3", "table2/partition4", "table2/partition5"]
    lake.put({f"folder1/{path}/file.txt": _A for path in paths})

    lake.crawl("s3://lake/folder1/")

    assert lake.locations() == {"folder1": "s3://lake/folder1/"}
    assert lake.keys("folder1") == ["partition_0", "partition_1"]
    assert set(lake.partitions("folder1")) == {tuple(path.split("/")) for path in paths}


def test_two_include_paths_are_two_tables(lake: Lake) -> None:
    """AWS's second example, with "two data stores": partitions are one level deep."""
    lake.put({f"folder1/table{t}/partition{p}/file.txt": _A for t in (1, 2) for p in (1, 2)})

    lake.crawl("s3://lake/folder1/table1/", "s3://lake/folder1/table2")

    assert lake.locations() == {"table1": "s3://lake/folder1/table1/", "table2": "s3://lake/folder1/table2/"}
    assert lake.keys("table2") == ["partition_0"]


def test_folders_of_other_schemas_are_tables(lake: Lake) -> None:
    """Folders that have nothing in common are not partitions of one table, whatever lies in them."""
    lake.put({f"sales/orders/day={d}/x.csv": _A for d in (1, 2, 3)} | {"sales/towns/x.csv": _B})

    result = lake.crawl("s3://lake/sales/", TablePrefix="raw_")

    assert lake.locations() == {"raw_orders": "s3://lake/sales/orders/", "raw_towns": "s3://lake/sales/towns/"}
    assert lake.keys("raw_orders") == ["day"]
    assert lake.keys("raw_towns") == []
    assert result.warnings == ()


def test_a_single_folder_is_a_partition(lake: Lake) -> None:
    """The root of a table is the highest folder that agrees, down from the include path: observed of crawlers."""
    lake.put({"nyctaxi/x.csv": _A})

    lake.crawl("s3://lake")

    assert lake.locations() == {"lake": "s3://lake/"}
    assert list(lake.partitions("lake")) == [("nyctaxi",)]


def test_the_example_of_aws_on_schemas_that_differ(lake: Lake) -> None:
    """https://docs.aws.amazon.com/glue/latest/dg/crawler-grouping-policy.html: two tables, or one on request."""
    lake.put({"table1/year=2017/data1.json": '{"A": 1, "B": 2}', "table1/year=2018/data2.json": '{"C": 3, "D": 4}'})

    lake.crawl("s3://lake/table1/")
    assert lake.names() == ["year_2017", "year_2018"]

    lake.crawl("s3://lake/table1/", configuration={"Grouping": {"TableGroupingPolicy": "CombineCompatibleSchemas"}})
    assert lake.columns("table1") == {"a": "int", "b": "int", "c": "int", "d": "int"}
    assert lake.keys("table1") == ["year"]
    assert lake.table("table1")["StorageDescriptor"]["SerdeInfo"]["Parameters"] == {"paths": "A,B,C,D"}


@pytest.mark.parametrize(("of_a", "of_b", "tables"), [(8, 2, 1), (7, 3, 10)], ids=["eight and two", "seven and three"])
def test_more_than_seven_tenths_of_the_schemas_must_agree(lake: Lake, of_a: int, of_b: int, tables: int) -> None:
    """https://repost.aws/knowledge-center/glue-crawler-detect-schema: the threshold is above 70%."""
    lake.put({f"t/a{n}.csv": _A for n in range(of_a)} | {f"t/b{n}.csv": _B for n in range(of_b)})

    result = lake.crawl("s3://lake/t/")

    assert len(lake.names()) == tables
    if tables == 1:
        assert list(lake.columns("t")) == ["id", "name", "city", "country"]
    else:
        assert lake.locations()["b0_csv"] == "s3://lake/t/b0.csv"
        assert result.warnings == (f"s3://lake/t/: {_DIFFER}",)


def test_more_than_five_schemas_are_no_table(lake: Lake) -> None:
    """Even where most agree: "the maximum number of different schemas doesn't exceed five"."""
    odd = {f"t/odd{n}.csv": f"k{n},l{n}\n1,2\n" for n in range(5)}
    lake.put(odd | {f"t/a{n}.csv": _A for n in range(20)})

    lake.crawl("s3://lake/t/")

    assert len(lake.names()) == 25


def test_formats_are_never_mixed(lake: Lake) -> None:
    """Data compatibility counts even when schemas are to be combined."""
    lake.put({"t/a.csv": _A, "t/b.json": '{"id": 1, "name": "x"}'})

    lake.crawl("s3://lake/t/", configuration={"Grouping": {"TableGroupingPolicy": "CombineCompatibleSchemas"}})

    assert lake.names() == ["a_csv", "b_json"]


def test_files_beside_folders_are_tables_of_their_own(lake: Lake) -> None:
    """AWS: "multiple tables due to files and folders present at the same level"."""
    lake.put({"t/Amazon Sale Report.csv": _A, "t/raw/x.csv": _A})

    result = lake.crawl("s3://lake/t/")

    assert lake.locations() == {
        "amazon_sale_report_csv": "s3://lake/t/Amazon Sale Report.csv",
        "raw": "s3://lake/t/raw/",
    }
    assert result.warnings == (
        (
            "s3://lake/t/: its files lie beside folders, so that each is a table of its own. Athena finds no rows in a "
            "table whose location is a file."
        ),
    )


@pytest.mark.parametrize(
    "paths",
    [("year=1/x", "month=1/x"), ("year=1/x", "one/x"), ("year=1/x", "year=2/day=1/x")],
    ids=["another key", "one without a key", "another depth"],
)
def test_folders_of_another_structure_are_no_partitions(lake: Lake, paths: tuple[str, ...]) -> None:
    """AWS: "a difference in the name, sequence, or number of partitions in the Amazon S3 path" counts."""
    lake.put({f"t/{path}.csv": _A for path in paths})

    lake.crawl("s3://lake/t/")

    assert sorted(lake.locations().values()) == sorted({f"s3://lake/t/{path.split('/')[0]}/" for path in paths})


def test_an_include_path_may_name_an_object(lake: Lake) -> None:
    """The table is named after the file and lies there: observed of crawlers."""
    lake.put({"JSON/weatherSmall.json": '[{"date": "x"}]', "JSON/weatherSmall.json.bak": _A, "JSON/other.csv": _A})

    lake.crawl("s3://lake/JSON/weatherSmall.json")

    assert lake.locations() == {"weathersmall_json": "s3://lake/JSON/weatherSmall.json"}
    assert lake.columns("weathersmall_json") == {"array": "array<struct<date:string>>"}


def test_a_path_is_not_the_beginning_of_another_name(lake: Lake) -> None:
    """`orders` does not take `orders_old` with it."""
    lake.put({"orders/x.csv": _A, "orders_old/x.csv": _A})

    lake.crawl("s3://lake/orders")

    assert lake.table("orders")["Parameters"]["objectCount"] == "1"


def test_equal_names_get_a_hash(lake: Lake) -> None:
    """The second table's name ends in one, by which the next crawl finds it again, in whatever order it comes."""
    lake.put({"a/orders/x.csv": _A, "b/orders/x.csv": _A})
    hashed = f"orders_{hashlib.md5(b's3://lake/b/orders/', usedforsecurity=False).hexdigest()}"

    first = lake.crawl("s3://lake/a/orders/", "s3://lake/b/orders/")
    second = lake.crawl("s3://lake/b/orders/", "s3://lake/a/orders/")

    assert first.tables_created == ("orders", hashed)
    assert lake.locations() == {"orders": "s3://lake/a/orders/", hashed: "s3://lake/b/orders/"}
    assert sorted(second.tables_unchanged) == sorted(first.tables_created)


def test_names_are_cut_to_what_the_catalogue_takes(lake: Lake) -> None:
    """A name has at most 128 characters, the prefix included."""
    lake.put({f"{'Long-Name.' * 15}/x.csv": _A})

    lake.crawl(f"s3://lake/{'Long-Name.' * 15}/", TablePrefix="Raw-")

    assert lake.names() == [("raw_" + "long_name_" * 15)[:128]]


def test_table_level_puts_tables_where_it_says(lake: Lake) -> None:
    """Level 1 is the bucket: https://docs.aws.amazon.com/glue/latest/dg/crawler-table-level.html."""
    lake.put(
        {
            "bronze/customers/2026/x.csv": _A,
            "bronze/customers/2027/x.csv": _B,
            "bronze/orders/2026/x.csv": _A,
            "bronze/readme.csv": _A,
        }
    )

    result = lake.crawl("s3://lake/bronze/", configuration={"Grouping": {"TableLevelConfiguration": 3}})

    assert lake.locations() == {"customers": "s3://lake/bronze/customers/", "orders": "s3://lake/bronze/orders/"}
    assert lake.keys("customers") == ["partition_0"]
    assert list(lake.columns("customers")) == ["id", "name", "city", "country"]
    assert result.warnings == ("s3://lake/bronze/: 1 objects lie above table level 3 and were left out.",)


def test_table_level_does_not_mix_formats(lake: Lake) -> None:
    """Where a folder at the level cannot be one table, that is said."""
    lake.put({"t/a/x.csv": _A, "t/b/x.json": '{"id": 1}'})

    result = lake.crawl("s3://lake/", configuration={"Grouping": {"TableLevelConfiguration": 2}})

    assert lake.names() == ["a", "b"]
    assert result.warnings == ("s3://lake/t/: no one table at level 2, as its folders differ in format or structure.",)


def test_a_key_that_is_also_a_column_is_warned_of(lake: Lake) -> None:
    """The table is written as AWS would; Athena does not take it."""
    lake.put({"t/ID=1/x.csv": _A, "t/ID=2/x.csv": _A})

    result = lake.crawl("s3://lake/t/")

    assert lake.keys("t") == ["id"]
    assert result.warnings == ("Table t: `id` is a partition key and a column; Athena refuses such a table.",)


def test_a_file_of_texts_only_is_warned_of(lake: Lake) -> None:
    """AWS's rule on headers surprises everybody once."""
    lake.put({"t/x.csv": "name,city\nana,lima\nbob,oslo\n"})

    result = lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {"col0": "string", "col1": "string"}
    assert result.warnings == (
        (
            "Table t: all columns are text, so that the first row was not taken for a header and the columns are col0, "
            "col1 and so on. AWS's crawler does the same."
        ),
    )
