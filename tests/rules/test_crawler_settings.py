"""Rules about what a crawler reads, and what it may do: CR001, CR003 to CR021."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.targets import (
    CatalogTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
)
from tests.support.rules import crawler, project, says, scheduled, start, told

if TYPE_CHECKING:
    from gluedsl.model import Project
    from gluedsl.targets import Target


QUEUE = "arn:aws:sqs:eu-west-1:123456789012:changes"
TABLES = CatalogTarget("sales", ("orders",))
LAKE = S3Target("s3://lake/")
SHOWN_ACCENTS = f"{'é' * 57}..."
"""What messages show of a name that is too long."""


def crawling(*targets: Target, **settings: Any) -> Project:
    """Return a project of one crawler, of S3 unless it says otherwise."""
    return project(start("sales-start", "crawler catalog"), crawler("catalog", targets=targets or (LAKE,), **settings))


def test_name_of_a_crawler_has_limits() -> None:
    """Its bytes are told, and its characters where they are fewer."""
    assert told(project(crawler("é" * 128), start("sales-start", "crawler " + "é" * 128))) == says(f"""
        CR001 error at crawlers.0.name
          `name` of crawler `{SHOWN_ACCENTS}` has 256 bytes in 128 characters, and Glue allows 1 to 255 bytes
    """)


def test_tables_and_other_targets_exclude_each_other() -> None:
    """Both places are told."""
    assert told(crawling(LAKE, TABLES, delete_behavior="LOG")) == says("""
        CR003 error at crawlers.0.targets.0
          crawler `catalog` reads tables of the Data Catalog beside other targets
          related crawlers.0.targets.1: tables of the Data Catalog
          help: make two crawlers of it
    """)


def test_target_of_the_catalogue_names_tables_of_a_database() -> None:
    """Each lack is told."""
    assert told(crawling(CatalogTarget("", ()), delete_behavior="LOG")) == says("""
        CR004 error at crawlers.0.targets.0.database
          `database` of crawler `catalog` is empty
        CR004 error at crawlers.0.targets.0.tables
          `tables` of crawler `catalog` is empty
    """)


def test_crawler_of_tables_deletes_nothing() -> None:
    """Glue's default does."""
    assert told(crawling(TABLES)) == says("""
        CR005 error at crawlers.0
          crawler `catalog` reads tables of the Data Catalog, and has no delete behaviour
          help: give `delete_behavior="LOG"`
    """)
    assert told(crawling(TABLES, delete_behavior="DELETE_FROM_DATABASE")) == says("""
        CR005 error at crawlers.0.delete_behavior
          crawler `catalog` reads tables of the Data Catalog, and has delete behaviour `DELETE_FROM_DATABASE`
          help: give `delete_behavior="LOG"`
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(TABLES, delete_behavior="LOG", database=None),
    ],
)
def test_crawler_of_tables_is_allowed(of: Project) -> None:
    """It needs no database of its own."""
    assert told(of) == ""


def test_tables_that_are_made_have_a_database() -> None:
    """Of every kind of target but the catalogue's."""
    assert told(crawling(database=None)) == says("""
        CR006 error at crawlers.0
          crawler `catalog` has no database for its tables
          help: give `database`
    """)
    assert told(crawling(database="")) == says("""
        CR006 error at crawlers.0.database
          crawler `catalog` has no database for its tables
          help: give `database`
    """)


def test_sample_has_a_size() -> None:
    """In files."""
    assert told(crawling(S3Target("s3://lake/", sample_size=0))) == says("""
        CR007 error at crawlers.0.targets.0.sample_size
          crawler `catalog` reads a sample of 0 files, and Glue allows 1 to 249
    """)
    assert told(crawling(S3Target("s3://lake/", sample_size=250))) == says("""
        CR007 error at crawlers.0.targets.0.sample_size
          crawler `catalog` reads a sample of 250 files, and Glue allows 1 to 249
    """)


def test_scan_has_a_rate() -> None:
    """As a share."""
    assert told(crawling(DynamoDBTarget("events", scan_rate=0.05))) == says("""
        CR008 error at crawlers.0.targets.0.scan_rate
          crawler `catalog` scans at a rate of 0.05, and Glue allows 0.1 to 1.5
    """)
    assert told(crawling(DynamoDBTarget("events", scan_rate=2))) == says("""
        CR008 error at crawlers.0.targets.0.scan_rate
          crawler `catalog` scans at a rate of 2, and Glue allows 0.1 to 1.5
    """)


def test_search_has_a_depth() -> None:
    """Of Iceberg and Hudi."""
    assert told(crawling(IcebergTarget(("s3://lake/",), maximum_traversal_depth=21))) == says("""
        CR009 error at crawlers.0.targets.0.maximum_traversal_depth
          crawler `catalog` looks 21 levels deep, and Glue allows 1 to 20
    """)
    assert told(crawling(HudiTarget(("s3://lake/",), maximum_traversal_depth=0))) == says("""
        CR009 error at crawlers.0.targets.0.maximum_traversal_depth
          crawler `catalog` looks 0 levels deep, and Glue allows 1 to 20
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(S3Target("s3://lake/", sample_size=1)),
        crawling(S3Target("s3://lake/", sample_size=249)),
        crawling(DynamoDBTarget("events", scan_rate=0.1)),
        crawling(DynamoDBTarget("events", scan_rate=1.5)),
        crawling(IcebergTarget(("s3://lake/",), maximum_traversal_depth=1)),
        crawling(HudiTarget(("s3://lake/",), maximum_traversal_depth=20)),
    ],
)
def test_sizes_within_limits_are_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_database_is_reached_by_a_connection_and_a_path() -> None:
    """Each lack is told."""
    assert told(crawling(JdbcTarget("", "sales"))) == says("""
        CR010 error at crawlers.0.targets.0
          a JDBC target of crawler `catalog` has no connection
          help: name the Glue connection
        CR010 error at crawlers.0.targets.0
          a JDBC target of crawler `catalog` has the path `sales`, which names nothing to read
          help: write `database/schema/table`, `database/table` or `database/%`
    """)
    assert told(crawling(MongoDBTarget("crm", "/contacts"))) == says("""
        CR010 error at crawlers.0.targets.0
          a MongoDB target of crawler `catalog` has the path `/contacts`, which names nothing to read
          help: write `database/schema/table`, `database/table` or `database/%`
    """)


def test_metadata_is_of_two_kinds() -> None:
    """Both are listed."""
    assert told(crawling(JdbcTarget("w", "sales/%", additional_metadata=("COMMENTS", "RAWTYPE")))) == says("""
        CR011 error at crawlers.0.targets.0.additional_metadata.1
          an entry of `additional_metadata` of crawler `catalog` is `RAWTYPE`, which Glue does not have
          help: did you mean `RAWTYPES`?
          help: Glue has `COMMENTS` or `RAWTYPES`
    """)


def test_texts_of_a_crawler_have_limits() -> None:
    """In bytes; a description has other ones."""
    assert told(crawling(table_prefix="x" * 129, security_configuration="x" * 129, description="x" * 2049)) == says("""
        CR012 error at crawlers.0.description
          `description` of crawler `catalog` has 2,049 bytes, and Glue allows 2,048 at most
        CR012 error at crawlers.0.table_prefix
          `table_prefix` of crawler `catalog` has 129 bytes, and Glue allows 128 at most
        CR012 error at crawlers.0.security_configuration
          `security_configuration` of crawler `catalog` has 129 bytes, and Glue allows 128 at most
    """)


def test_description_is_text() -> None:
    """A control character is none."""
    assert told(crawling(description="a\x00b")) == says("""
        CR012 error at crawlers.0.description
          `description` of crawler `catalog` has the character U+0000, which Glue does not allow in it
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(table_prefix="x" * 128, security_configuration="x" * 128, description="x" * 2047 + "\n"),
    ],
)
def test_longest_texts_of_a_crawler_are_allowed(of: Project) -> None:
    """And a description of several lines."""
    assert told(of) == ""


def test_behaviours_are_glue_s() -> None:
    """All are listed."""
    assert told(
        crawling(update_behavior="UPDATE", delete_behavior="DELETE", recrawl_behavior="CRAWL_NEW_FOLDERS")
    ) == says("""
        CR013 error at crawlers.0.update_behavior
          `update_behavior` of crawler `catalog` is `UPDATE`, which Glue does not have
          help: Glue has `LOG` or `UPDATE_IN_DATABASE`
        CR013 error at crawlers.0.delete_behavior
          `delete_behavior` of crawler `catalog` is `DELETE`, which Glue does not have
          help: Glue has `LOG`, `DELETE_FROM_DATABASE` or `DEPRECATE_IN_DATABASE`
        CR014 error at crawlers.0.recrawl_behavior
          `recrawl_behavior` of crawler `catalog` is `CRAWL_NEW_FOLDERS`, which Glue does not have
          help: did you mean `CRAWL_NEW_FOLDERS_ONLY`?
          help: Glue has `CRAWL_EVERYTHING`, `CRAWL_NEW_FOLDERS_ONLY` or `CRAWL_EVENT_MODE`
    """)


def test_crawler_of_new_folders_changes_nothing() -> None:
    """Glue's defaults do."""
    assert told(crawling(recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY")) == says("""
        CR014 error at crawlers.0.recrawl_behavior
          crawler `catalog` reads new folders only, and its `update_behavior` is not given and `delete_behavior` is not given
          help: give `update_behavior="LOG"` and `delete_behavior="LOG"`
    """)  # noqa: E501 -- a message is one line
    assert told(
        crawling(
            recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY", update_behavior="LOG", delete_behavior="DELETE_FROM_DATABASE"
        )
    ) == says("""
        CR014 error at crawlers.0.delete_behavior
          crawler `catalog` reads new folders only, and its `delete_behavior` is `DELETE_FROM_DATABASE`
          help: give `delete_behavior="LOG"`
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY", update_behavior="LOG", delete_behavior="LOG"),
    ],
)
def test_crawler_of_new_folders_that_logs_is_allowed(of: Project) -> None:
    """Both behaviours say so."""
    assert told(of) == ""


def test_crawler_that_follows_events_has_one_target_with_a_queue() -> None:
    """The first thing that is wrong is told."""
    assert told(crawling(LAKE, LAKE, recrawl_behavior="CRAWL_EVENT_MODE")) == says("""
        CR015 error at crawlers.0.targets.1
          crawler `catalog` follows events, and has 2 targets, and Glue allows 1
          help: make a crawler of each target
    """)
    assert told(crawling(DynamoDBTarget("events"), recrawl_behavior="CRAWL_EVENT_MODE")) == says("""
        CR015 error at crawlers.0.targets.0
          crawler `catalog` follows events, and its target is in neither S3 nor the Data Catalog
          help: leave `recrawl_behavior` out
    """)
    assert told(crawling(LAKE, recrawl_behavior="CRAWL_EVENT_MODE")) == says("""
        CR015 error at crawlers.0.targets.0
          crawler `catalog` follows events, and its target has no queue of events
          help: give the target `event_queue_arn`
    """)
    assert told(
        crawling(S3Target("s3://lake/", sample_size=5, event_queue_arn=QUEUE), recrawl_behavior="CRAWL_EVENT_MODE")
    ) == says("""
        CR015 error at crawlers.0.targets.0
          crawler `catalog` follows events, and its target has a sample size
          help: leave `sample_size` out
    """)
    assert told(crawling(S3Target("s3://%", event_queue_arn=QUEUE), recrawl_behavior="CRAWL_EVENT_MODE")) == says("""
        CR015 error at crawlers.0.targets.0
          crawler `catalog` follows events, and its path has a wildcard for the bucket
          help: name the bucket
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(
            S3Target("s3://lake/", event_queue_arn=QUEUE, dlq_event_queue_arn=QUEUE),
            recrawl_behavior="CRAWL_EVENT_MODE",
        ),
        crawling(
            CatalogTarget("sales", ("orders",), event_queue_arn=QUEUE),
            delete_behavior="LOG",
            recrawl_behavior="CRAWL_EVENT_MODE",
        ),
    ],
)
def test_crawler_that_follows_events_is_allowed(of: Project) -> None:
    """With a queue for what fails, too."""
    assert told(of) == ""


def test_queue_that_nobody_reads_is_doubtful() -> None:
    """Be it one or none."""
    assert told(crawling(S3Target("s3://lake/", event_queue_arn=QUEUE))) == says("""
        CR016 warning at crawlers.0.targets.0
          crawler `catalog` has a queue of events, and does not follow it
          help: give `recrawl_behavior="CRAWL_EVENT_MODE"`, or leave the queue out
    """)
    assert told(
        crawling(S3Target("s3://lake/", event_queue_arn="changes"), recrawl_behavior="CRAWL_EVENT_MODE")
    ) == says("""
        CR016 warning at crawlers.0.targets.0
          `event_queue_arn` of crawler `catalog` is `changes`, which is not the ARN of an SQS queue
          help: write `arn:aws:sqs:region:account:queue`
    """)


def test_configuration_is_versioned_json() -> None:
    """What is wrong with it is told."""
    assert told(crawling(configuration='{"Version": 1.0')) == says("""
        CR018 error at crawlers.0.configuration
          configuration of crawler `catalog` is no JSON: Expecting ',' delimiter: line 1 column 16 (char 15)
    """)
    assert told(crawling(configuration="[]")) == says("""
        CR018 error at crawlers.0.configuration
          configuration of crawler `catalog` is no JSON object
    """)
    assert told(crawling(configuration='{"CreatePartitionIndex": true}')) == says("""
        CR018 error at crawlers.0.configuration
          configuration of crawler `catalog` has no `Version`
          help: begin with `{"Version": 1.0, `
    """)


@pytest.mark.parametrize(
    "of",
    [
        crawling(configuration='{"Version": 1.0}'),
        crawling(configuration="${Configuration}"),
    ],
)
def test_versioned_configuration_is_allowed(of: Project) -> None:
    """Or what a deployment fills in."""
    assert told(of) == ""


def test_account_of_lake_formation_has_twelve_digits() -> None:
    """Its length is told."""
    assert told(crawling(extra={"LakeFormationConfiguration": {"AccountId": "1234567890123"}})) == says("""
        CR019 error at crawlers.0.extra.LakeFormationConfiguration.AccountId
          `AccountId` of crawler `catalog` has 13 bytes, and Glue allows 12 at most
    """)


def test_crawler_of_a_workflow_has_no_schedule_of_its_own() -> None:
    """The workflow is told."""
    assert told(crawling(schedule="cron(0 2 * * ? *)")) == says("""
        CR021 warning at crawlers.0.schedule
          crawler `catalog` has a schedule of its own, and workflow `sales` starts it as well
          related workflows.0.triggers.0.actions.0: started by the workflow here
          note: what waits for the crawler starts only if the workflow started it
          help: let the workflow have the schedule
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(scheduled("cron(0 2 * * ? *)")),
    ],
)
def test_crawler_of_no_workflow_has_a_schedule(of: Project) -> None:
    """And a workflow has one."""
    assert told(of) == ""
