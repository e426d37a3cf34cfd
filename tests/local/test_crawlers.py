"""Crawlers: definitions and their life, over HTTP by boto3 where it matters that clients understand the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.local import BUCKET, ROLE, refusal, until

if TYPE_CHECKING:
    from tests.support.local import Account, Api

TARGETS = {"S3Targets": [{"Path": f"s3://{BUCKET}/data/"}]}
LEAST: dict[str, Any] = {"Name": "crawl", "Role": ROLE, "DatabaseName": "db", "Targets": TARGETS}


def test_a_crawler_is_what_it_was_created_as_with_glues_defaults(account: Account) -> None:
    """GetCrawler answers what CreateCrawler took, and what Glue fills in where it was left out."""
    account.glue.create_crawler(
        **LEAST, Schedule="cron(0 2 * * ? *)", SchemaChangePolicy={"DeleteBehavior": "LOG"}, Tags={"team": "data"}
    )

    got = account.glue.get_crawler(Name="crawl")["Crawler"]

    assert got.pop("CreationTime") == got.pop("LastUpdated")
    assert got.pop("Targets") == TARGETS | {
        kind: []
        for kind in (
            "JdbcTargets",
            "MongoDBTargets",
            "DynamoDBTargets",
            "CatalogTargets",
            "DeltaTargets",
            "IcebergTargets",
            "HudiTargets",
        )
    }
    assert got == {
        "Name": "crawl",
        "Role": ROLE,
        "DatabaseName": "db",
        "Classifiers": [],
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
        "SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"},
        "LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"},
        "Schedule": {"ScheduleExpression": "cron(0 2 * * ? *)", "State": "SCHEDULED"},
        "State": "READY",
        "CrawlElapsedTime": 0,
        "Version": 1,
    }


def test_a_second_crawler_of_a_name_is_refused(account: Account) -> None:
    """CreateCrawler does not overwrite."""
    account.glue.create_crawler(**LEAST)

    assert refusal(account.glue.create_crawler, **LEAST) == (
        "AlreadyExistsException",
        "Crawler with name crawl already exists",
    )


def test_an_unknown_crawler_is_refused(account: Account) -> None:
    """Each operation on a crawler that is not there gets Glue's text."""
    expected = ("EntityNotFoundException", "Crawler entry with name crawl does not exist")

    for call in (account.glue.get_crawler, account.glue.update_crawler, account.glue.delete_crawler):
        assert refusal(call, Name="crawl") == expected
    assert refusal(account.glue.stop_crawler, Name="crawl") == expected
    assert refusal(account.glue.start_crawler, Name="crawl") == (
        "EntityNotFoundException",
        "Crawler with name crawl does not exist",
    )


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Targets": {}}, "Targets cannot be empty"),
        (
            {"Targets": TARGETS | {"CatalogTargets": [{"DatabaseName": "db", "Tables": ["t"]}]}},
            "CatalogTargets cannot be mixed with targets of another kind",
        ),
        ({"DatabaseName": ""}, "DatabaseName is required unless all targets are CatalogTargets"),
        (
            {"Schedule": "daily"},
            "Schedule daily is not valid: `daily` is not of the form `cron(...)`",
        ),
        ({"Configuration": "[]"}, "Configuration is the text of a JSON object with a Version"),
        ({"Configuration": "{"}, "Configuration is the text of a JSON object with a Version"),
        (
            {"RecrawlPolicy": {"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"}},
            (
                'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior '
                "value and LOG UpdateBehavior value."
            ),
        ),
    ],
)
def test_what_glue_refuses_is_refused(api: Api, members: dict[str, Any], message: str) -> None:
    """Each restriction has its own text."""
    assert api.refusal("CreateCrawler", **LEAST | members) == ("InvalidInputException", message)


def test_an_update_changes_what_it_names(api: Api) -> None:
    """UpdateCrawler leaves the rest as it was; an empty text takes a member away."""
    api("CreateCrawler", **LEAST, Description="old", TablePrefix="raw_", Schedule="cron(0 2 * * ? *)")

    api("UpdateCrawler", Name="crawl", TablePrefix="", Schedule="", Role="other")
    got = api("GetCrawler", Name="crawl")["Crawler"]

    assert (got["Description"], got["Role"], got["Version"]) == ("old", "other", 2)
    assert not {"TablePrefix", "Schedule"} & got.keys()


def test_a_schedule_is_started_and_stopped(api: Api) -> None:
    """The schedule of a crawler has a state of its own."""
    api("CreateCrawler", **LEAST)

    def state() -> str:
        found: str = api("GetCrawler", Name="crawl")["Crawler"]["Schedule"]["State"]
        return found

    assert api.refusal("StartCrawlerSchedule", CrawlerName="crawl") == (
        "NoScheduleException",
        "Crawler crawl has no schedule",
    )
    api("UpdateCrawlerSchedule", CrawlerName="crawl", Schedule="cron(0 2 * * ? *)")
    assert state() == "SCHEDULED"
    assert api.refusal("StartCrawlerSchedule", CrawlerName="crawl") == (
        "SchedulerRunningException",
        "The schedule of crawler crawl is already active",
    )
    api("StopCrawlerSchedule", CrawlerName="crawl")
    assert state() == "NOT_SCHEDULED"
    assert api.refusal("StopCrawlerSchedule", CrawlerName="crawl") == (
        "SchedulerNotRunningException",
        "The schedule of crawler crawl is not active",
    )
    api("StartCrawlerSchedule", CrawlerName="crawl")
    assert state() == "SCHEDULED"


def test_a_crawler_runs_once_at_a_time(api: Api) -> None:
    """A crawler that runs cannot be started, changed or deleted; its last crawl is remembered."""
    api("CreateCrawler", **LEAST)
    api("StartCrawler", Name="crawl")

    assert api("GetCrawler", Name="crawl")["Crawler"]["State"] == "RUNNING"
    assert api.refusal("StartCrawler", Name="crawl") == (
        "CrawlerRunningException",
        "Crawler with name crawl has already started",
    )
    assert api.refusal("UpdateCrawler", Name="crawl") == (
        "CrawlerRunningException",
        "Cannot update Crawler while running. Please stop crawl or wait until it completes to update.",
    )
    assert api.refusal("DeleteCrawler", Name="crawl") == (
        "CrawlerRunningException",
        "Cannot delete crawler crawl while it's running",
    )

    api.executor.end("crawl", "FAILED", "no such bucket")
    until(lambda: api("GetCrawler", Name="crawl")["Crawler"]["State"] == "READY")
    last = api("GetCrawler", Name="crawl")["Crawler"]["LastCrawl"]
    assert (last["Status"], last["ErrorMessage"]) == ("FAILED", "no such bucket")
    api("DeleteCrawler", Name="crawl")


def test_a_crawl_is_stopped(api: Api) -> None:
    """StopCrawler cancels the crawl, and is refused where nothing runs."""
    api("CreateCrawler", **LEAST)
    assert api.refusal("StopCrawler", Name="crawl") == (
        "CrawlerNotRunningException",
        "Crawler with name crawl is not running",
    )
    api("StartCrawler", Name="crawl")
    until(lambda: api.executor.works)

    api("StopCrawler", Name="crawl")
    until(lambda: api("GetCrawler", Name="crawl")["Crawler"]["State"] == "READY")

    assert api("GetCrawler", Name="crawl")["Crawler"]["LastCrawl"]["Status"] == "CANCELLED"
    assert [c["State"] for c in api("ListCrawls", CrawlerName="crawl")["Crawls"]] == ["STOPPED"]


def test_a_crawl_really_writes_the_table(account: Account) -> None:
    """StartCrawler reads what is in S3 and writes to the Data Catalog; its log is kept."""
    account.glue.create_database(DatabaseInput={"Name": "db"})
    account.put("data/orders.csv", "id,day\n1,monday\n2,tuesday\n")
    account.crawler("crawl")

    account.glue.start_crawler(Name="crawl")
    until(lambda: "LastCrawl" in account.glue.get_crawler(Name="crawl")["Crawler"])
    crawl = account.glue.list_crawls(CrawlerName="crawl")["Crawls"][0]
    columns = account.glue.get_table(DatabaseName="db", Name="data")["Table"]["StorageDescriptor"]["Columns"]

    assert crawl["State"] == "COMPLETED"
    assert columns == [{"Name": "id", "Type": "bigint"}, {"Name": "day", "Type": "string"}]
    assert "Created table data in database db" in account.local.logs(crawl["CrawlId"])


def test_a_crawl_that_fails_says_why(account: Account) -> None:
    """A crawl of a bucket that is not there is FAILED with the crawler's error."""
    account.crawler("crawl", "s3://nowhere/data/")

    account.glue.start_crawler(Name="crawl")
    until(lambda: "LastCrawl" in account.glue.get_crawler(Name="crawl")["Crawler"])
    last = account.glue.get_crawler(Name="crawl")["Crawler"]["LastCrawl"]

    assert last["Status"] == "FAILED"
    assert "nowhere" in last["ErrorMessage"]


def test_crawlers_come_in_pages_and_batches(account: Account) -> None:
    """GetCrawlers, ListCrawlers and BatchGetCrawlers answer what there is."""
    for name in ("a", "b", "c"):
        account.glue.create_crawler(**LEAST | {"Name": name}, Tags={"team": name})

    first = account.glue.get_crawlers(MaxResults=2)
    second = account.glue.get_crawlers(MaxResults=2, NextToken=first["NextToken"])
    batch = account.glue.batch_get_crawlers(CrawlerNames=["c", "x"])

    assert [c["Name"] for c in first["Crawlers"] + second["Crawlers"]] == ["a", "b", "c"]
    assert account.glue.list_crawlers(Tags={"team": "b"})["CrawlerNames"] == ["b"]
    assert ([c["Name"] for c in batch["Crawlers"]], batch["CrawlersNotFound"]) == (["c"], ["x"])
