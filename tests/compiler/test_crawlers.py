"""From declared crawlers to the model's."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from gluedsl.model import Crawler, ExistingCrawler
from gluedsl.targets import (
    CatalogTarget,
    DeltaTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
)
from tests.support.flows import flow

if TYPE_CHECKING:
    from pathlib import Path


def crawlers(folder: Path, body: str) -> tuple[Crawler, ...]:
    """Return the crawlers of a flow."""
    return flow(folder, 'w = Workflow("w", role="r")\n' + body).lowered.project.crawlers


LOWERED: dict[str, Any] = {
    "name": "c",
    "role": "own-role",
    "targets": (S3Target("s3://b/"),),
    "database": "sales",
    "description": "d",
    "schedule": "cron(0 4 * * ? *)",
    "classifiers": ("csv", "json"),
    "table_prefix": "raw_",
    "update_behavior": "LOG",
    "delete_behavior": "DEPRECATE_IN_DATABASE",
    "recrawl_behavior": "CRAWL_NEW_FOLDERS_ONLY",
    "configuration": '{"Version": 1.0}',
    "security_configuration": "encrypted",
    "tags": {"team": "sales"},
    "extra": {"LineageConfiguration": {"CrawlerLineageSettings": "ENABLE"}},
}


def test_every_option_has_its_field(tmp_path: Path) -> None:
    """Each under its name in the model; lists are tuples."""
    found = crawlers(
        tmp_path,
        """
w.add(Crawler(
    "c",
    targets="s3://b/",
    role="own-role",
    database="sales",
    description="d",
    schedule="cron(0 4 * * ? *)",
    classifiers=["csv", "json"],
    table_prefix="raw_",
    update_behavior="LOG",
    delete_behavior="DEPRECATE_IN_DATABASE",
    recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY",
    configuration='{"Version": 1.0}',
    security_configuration="encrypted",
    tags={"team": "sales"},
    extra={"LineageConfiguration": {"CrawlerLineageSettings": "ENABLE"}},
))
""",
    )

    assert found == (Crawler(**LOWERED),)
    assert {field.name for field in fields(Crawler)} == set(LOWERED)


def test_the_least_that_a_crawler_is(tmp_path: Path) -> None:
    """What is not said is not sent, so that Glue's own defaults hold."""
    assert crawlers(tmp_path, 'w.add(Crawler("c", targets=[]))\n') == (Crawler(name="c", role="r", targets=()),)


def test_targets_of_every_kind(tmp_path: Path) -> None:
    """In the author's order; lists in them are tuples."""
    found = crawlers(
        tmp_path,
        """
w.add(Crawler("c", targets=[
    "s3://b/plain/",
    S3Target("s3://b/x/", exclusions=["*.tmp"], connection="c", sample_size=3, event_queue_arn="q",
             dlq_event_queue_arn="dlq"),
    JdbcTarget("warehouse", "db/%", exclusions=["audit_%"], additional_metadata=["COMMENTS"]),
    MongoDBTarget("documents", "db/orders", scan_all=False),
    DynamoDBTarget("orders", scan_all=True, scan_rate=0.5),
    CatalogTarget("sales", tables=["orders"], connection="c", event_queue_arn="q", dlq_event_queue_arn="dlq"),
    DeltaTarget(["s3://b/d/"], connection="c", write_manifest=True, create_native_table=False),
    IcebergTarget(["s3://b/i/"], connection="c", exclusions=["tmp"], maximum_traversal_depth=3),
    HudiTarget(("s3://b/h/",), connection="c", exclusions=("tmp",), maximum_traversal_depth=4),
]))
""",
    )

    assert found[0].targets == (
        S3Target("s3://b/plain/"),
        S3Target(
            "s3://b/x/",
            exclusions=("*.tmp",),
            connection="c",
            sample_size=3,
            event_queue_arn="q",
            dlq_event_queue_arn="dlq",
        ),
        JdbcTarget("warehouse", "db/%", exclusions=("audit_%",), additional_metadata=("COMMENTS",)),
        MongoDBTarget("documents", "db/orders", scan_all=False),
        DynamoDBTarget("orders", scan_all=True, scan_rate=0.5),
        CatalogTarget("sales", ("orders",), connection="c", event_queue_arn="q", dlq_event_queue_arn="dlq"),
        DeltaTarget(("s3://b/d/",), connection="c", write_manifest=True, create_native_table=False),
        IcebergTarget(("s3://b/i/",), connection="c", exclusions=("tmp",), maximum_traversal_depth=3),
        HudiTarget(("s3://b/h/",), connection="c", exclusions=("tmp",), maximum_traversal_depth=4),
    )


def test_existing_crawlers(tmp_path: Path) -> None:
    """They are named, once each, and nothing more."""
    project = flow(
        tmp_path,
        """
w = Workflow("w", role="r")
a = w.add(ExistingCrawler("a"))
w.add(ExistingCrawler("a"), after=a.failed)
w.add(Trigger("t", when=a, start=[ExistingCrawler("b")]))
""",
    ).lowered.project

    assert project.existing_crawlers == (ExistingCrawler(name="a"), ExistingCrawler(name="b"))
    assert (project.crawlers, project.roles) == ((), ())


def test_a_crawler_of_two_workflows(tmp_path: Path) -> None:
    """It is one crawler of the project, with the role of the workflow that it was first added to."""
    project = flow(
        tmp_path,
        """
first, second = Workflow("first", role="r1"), Workflow("second", role="r2")
c = first.add(Crawler("c", targets="s3://b/"))
second.add(c)
""",
    ).lowered.project

    assert [(crawler.name, crawler.role) for crawler in project.crawlers] == [("c", "r1")]
