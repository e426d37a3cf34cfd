"""How much of the data a crawl reads, and when it stops."""

from __future__ import annotations

import bz2
import gzip
import json
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.local.crawl.conftest import Lake

_MEGABYTE = 1024 * 1024


def test_a_large_text_is_read_at_its_beginning(lake: Lake) -> None:
    """The first megabyte decides; records beyond it are counted by size."""
    row = "1,some words to fill the line with\n"
    rows = 3 * _MEGABYTE // len(row)
    lake.put({"t/x.csv": "id,text\n" + row * rows})

    lake.crawl("s3://lake/t/")

    parameters = lake.table("t")["Parameters"]
    assert abs(int(parameters["recordCount"]) - rows) < rows / 1000
    assert parameters["averageRecordSize"] == str(len(row))


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("bzip2", bz2.compress)], ids=["gzip", "bzip2"])
def test_packed_text_is_unpacked(lake: Lake, name: str, pack: object) -> None:
    """Compression of a whole file is a property of the table; several packed parts in a row are one text."""
    assert callable(pack)
    lake.put({"t/x.csv": pack(b"id,name\n1,x\n") + pack(b"2,y\n")})

    lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {"id": "bigint", "name": "string"}
    parameters = lake.table("t")["Parameters"]
    assert (parameters["compressionType"], parameters["recordCount"]) == (name, "2")
    assert lake.table("t")["StorageDescriptor"]["Compressed"]


def test_a_large_packed_text_is_read_at_its_beginning(lake: Lake) -> None:
    """Records are estimated by the bytes as they are stored."""
    rows = 200_000
    text = "".join(f"{n},{n * 7919 % 104729},text\n" for n in range(rows))
    lake.put({"t/x.csv.gz": gzip.compress(f"id,key,text\n{text}".encode())})

    lake.crawl("s3://lake/t/")

    assert abs(int(lake.table("t")["Parameters"]["recordCount"]) - rows) < rows / 10


def test_json_without_a_whole_record_in_a_megabyte_is_read_on(lake: Lake) -> None:
    """AWS goes on "up to 10 MB of the file in increments of 1 MB"."""
    lake.put({"t/x.json": json.dumps({"text": "x" * (3 * _MEGABYTE), "n": 1})})

    lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {"text": "string", "n": "int"}


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        ("id,name\n1,Zoë\n".encode("latin-1"), "it is not UTF-8 text"),
        (b"id,name\n1,\x00\n", "it is not UTF-8 text"),
        (b"\x1f\x8bnot gzip", "it is not UTF-8 text"),
    ],
    ids=["latin", "binary", "broken gzip"],
)
def test_what_is_no_text_is_unknown(lake: Lake, body: bytes, warning: str) -> None:
    """Neither columns nor a guess."""
    lake.put({"t/x.csv": body})

    result = lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {}
    assert result.warnings == (f"s3://lake/t/x.csv: classified UNKNOWN, as {warning}.",)


def test_a_byte_order_mark_is_no_part_of_a_name(lake: Lake) -> None:
    """Files from spreadsheets begin with one."""
    lake.put({"t/x.csv": b"\xef\xbb\xbfid,name\r\n1,x\r\n"})

    lake.crawl("s3://lake/t/")

    assert lake.columns("t") == {"id": "bigint", "name": "string"}


def test_json_that_breaks_off_is_reported(lake: Lake) -> None:
    """The table is made of what could be read."""
    lake.put({"t/x.json": '{"a": 1}\n{"a": 2}\noops\n'})

    result = lake.crawl("s3://lake/t/")

    assert lake.table("t")["Parameters"]["recordCount"] == "2"
    assert result.warnings == ("s3://lake/t/x.json: what follows its first records is not JSON and was not read.",)


def test_sample_size_limits_the_files_read_of_each_folder(lake: Lake) -> None:
    """All objects count, the first of each folder are read, and records are estimated from them."""
    body = "id,name\n1,x\n2,y\n"
    lake.put({f"t/day={day}/{part}.csv": body for day in (1, 2) for part in "abc"})
    lake.put({"t/day=1/c.csv": "other,names\nx,1\n"})

    lake.crawl("s3://lake/t/", target={"SampleSize": 2})

    assert lake.columns("t") == {"id": "bigint", "name": "string"}
    parameters = lake.table("t")["Parameters"]
    assert (parameters["objectCount"], parameters["recordCount"]) == ("6", "12")
    assert lake.partitions("t")["1",]["Parameters"]["objectCount"] == "3"


def test_a_crawl_can_be_cancelled_between_objects_and_between_tables(lake: Lake) -> None:
    """Nothing is written before all is read; what was written stays."""
    lake.put({"t/a/x.csv": "a,b\n1,2\n", "t/c/x.csv": "c,d\n1,2\n"})
    before_reading = iter([False, True])
    before_writing = iter([False] * 4 + [True])

    first = lake.crawl("s3://lake/t/", cancelled=lambda: next(before_reading))
    assert first.cancelled
    assert first.log[-1] == "[crawl-1] INFO : Crawl cancelled"
    assert lake.glue.get_databases()["DatabaseList"] == []

    second = lake.crawl("s3://lake/t/", cancelled=lambda: next(before_writing))
    assert (second.cancelled, second.tables_created) == (True, ("a",))
    assert lake.names() == ["a"]


@pytest.mark.slow
def test_a_thousand_small_objects_take_seconds(lake: Lake) -> None:
    """A folder of many small files is what a day of events looks like."""
    lake.put({f"t/hour={n % 20:02}/{n}.json": f'{{"id": {n}, "kind": "click"}}\n' * 5 for n in range(1000)})

    started = time.perf_counter()
    result = lake.crawl("s3://lake/t/")

    assert time.perf_counter() - started < 20
    assert (result.tables_created, result.partitions_created) == (("t",), 20)
    assert lake.table("t")["Parameters"]["recordCount"] == "5000"
