"""What the local crawler does not do fails the crawl, in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local.crawl import CrawlError

if TYPE_CHECKING:
    from tests.local.crawl.conftest import Lake

_S3 = {"S3Targets": [{"Path": "s3://lake/t/"}]}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Targets": {}}, "This crawler has no targets."),
        ({"Targets": {"S3Targets": []}}, "This crawler has no targets."),
        (
            {"Targets": {"DynamoDBTargets": [{"Path": "items"}], "JdbcTargets": [{"Path": "a/b"}], **_S3}},
            (
                "This crawler has DynamoDBTargets and JdbcTargets: the local crawler reads S3Targets and "
                "CatalogTargets, AWS reads the rest."
            ),
        ),
        *(
            (
                {"Targets": {kind: [{"Paths": ["s3://lake/t/"]}]}},
                (f"This crawler has {kind}: the local crawler reads S3Targets and CatalogTargets, AWS reads the rest."),
            )
            for kind in ("DeltaTargets", "HudiTargets", "IcebergTargets", "MongoDBTargets")
        ),
        (
            {"Targets": _S3 | {"CatalogTargets": [{"DatabaseName": "db", "Tables": ["t"]}]}},
            "CatalogTargets cannot be mixed with targets of another kind.",
        ),
        ({"Targets": {"S3Targets": [{"Path": "gs://lake/t"}]}}, "`gs://lake/t` is not an S3 path: s3://bucket/folder/"),
        ({"Targets": {"S3Targets": [{}]}}, "`` is not an S3 path: s3://bucket/folder/"),
        ({"Targets": {"S3Targets": [{"Path": "s3://no-such-bucket/t"}]}}, "S3 bucket no-such-bucket does not exist."),
        (
            {"RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVENT_MODE"}},
            (
                "CRAWL_EVENT_MODE needs S3 events through SQS: the local crawler knows CRAWL_EVERYTHING and "
                "CRAWL_NEW_FOLDERS_ONLY."
            ),
        ),
        (
            {"Classifiers": ["mine", "yours"]},
            ("Custom classifiers (mine, yours) are not read by the local crawler: it has AWS's built-in rules only."),
        ),
        (
            {"Configuration": "{"},
            'The crawler\'s Configuration is not the text of a JSON object with a Version: {"Version": 1.0}',
        ),
        (
            {"Configuration": "{}"},
            'The crawler\'s Configuration is not the text of a JSON object with a Version: {"Version": 1.0}',
        ),
        ({"Configuration": '{"Version": 2.0}'}, "The crawler's Configuration has a Version other than 1.0."),
        *(
            ({"Configuration": json.dumps({"Version": 1.0, **options})}, message)
            for options, message in (
                ({"Other": {"x": 1}}, "The local crawler does not know the Configuration Other.x: 1."),
                (
                    {"Grouping": {"TableGroupingPolicy": "Other"}},
                    'The local crawler does not know the Configuration Grouping.TableGroupingPolicy: "Other".',
                ),
                (
                    {"Grouping": {"TableLevelConfiguration": 0}},
                    "The local crawler does not know the Configuration Grouping.TableLevelConfiguration: 0.",
                ),
                (
                    {"CreatePartitionIndex": "no"},
                    'The local crawler does not know the Configuration CreatePartitionIndex: "no".',
                ),
            )
        ),
    ],
)
def test_refusals_name_what_is_not_done(lake: Lake, members: dict[str, Any], message: str) -> None:
    """The crawl fails before anything is written, and its log ends in the message."""
    with pytest.raises(CrawlError) as caught:
        lake.crawl("s3://lake/t/", **members)

    assert caught.value.message == message
    assert caught.value.log[-1] == f"[crawl-1] ERROR : {message}"
    assert lake.glue.get_databases()["DatabaseList"] == []


def test_more_tables_than_the_threshold_fail_the_crawl(lake: Lake) -> None:
    """AWS's own words: https://docs.aws.amazon.com/glue/latest/dg/crawler-maximum-number-of-tables.html."""
    lake.put({"t/a/x.csv": "a,b\n1,2\n", "t/c/x.csv": "c,d\n1,2\n"})
    limits = {"CrawlerOutput": {"Tables": {"TableThreshold": 1}}}

    with pytest.raises(CrawlError) as caught:
        lake.crawl("s3://lake/t/", configuration=limits)

    assert caught.value.message == (
        "The number of tables detected by crawler: 2 is greater than the table threshold value provided: 1. Failing "
        "crawler without writing to Data Catalog."
    )
    assert lake.glue.get_databases()["DatabaseList"] == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"Obj\x01rest", "Avro"),
        (b"ORC rest", "ORC"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"PK\x03\x04rest", "a ZIP archive"),
    ],
    ids=["avro", "orc", "xml", "zip"],
)
def test_formats_that_only_aws_reads_are_left_out_with_a_word(lake: Lake, body: bytes, name: str) -> None:
    """They are not called UNKNOWN, which AWS would not call them."""
    lake.put({"t/a.bin": body, "t/b.csv": "a,b\n1,2\n"})

    result = lake.crawl("s3://lake/t/")

    assert result.tables_created == ("t",)
    assert lake.table("t")["Parameters"]["objectCount"] == "1"
    assert result.warnings == (
        f"s3://lake/t/a.bin: {name}, which AWS's crawler reads and the local one does not: left out.",
    )


def test_options_that_change_nothing_here_are_accepted(lake: Lake) -> None:
    """Without partition indexes the table has no mark of one."""
    lake.put({"t/day=1/x.csv": "a,b\n1,2\n"})

    lake.crawl("s3://lake/t/", configuration={"CreatePartitionIndex": False})

    assert "partition_filtering.enabled" not in lake.table("t")["Parameters"]
