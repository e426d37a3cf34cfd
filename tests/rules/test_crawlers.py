"""Rules about crawlers: CR001, CR002."""

from __future__ import annotations

from tests.support.rules import crawler, project, says, start, told

CRAWL = start("sales-start", "crawler catalog")


def test_second_crawler_of_a_name_is_refused() -> None:
    """The later one is wrong, and the first is shown."""
    assert told(project(CRAWL, crawler("catalog"), crawler("catalog"))) == says("""
        CR001 error at crawlers.1.name
          crawler `catalog` is defined twice
          related crawlers.0.name: first defined here
          help: give one of the two another name, or add one crawler to both places
    """)


def test_crawler_may_have_the_name_of_a_job() -> None:
    """Names are unique among crawlers."""
    assert told(project(start("sales-start", "job sales", "crawler sales"))) == ""


def test_crawler_without_targets_is_refused() -> None:
    """There is nothing for it to read."""
    assert told(project(CRAWL, crawler("catalog", targets=()))) == says("""
        CR002 error at crawlers.0.targets
          crawler `catalog` has no targets
          help: name what it reads, for example `S3Target("s3://bucket/prefix/")`
    """)
