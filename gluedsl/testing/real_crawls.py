"""Crawls that read what a test has put into S3, and write tables to the Data Catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.local.work import CrawlWork, Ended

if TYPE_CHECKING:
    from gluedsl.local.work import Work


def crawled(work: Work) -> Ended:
    """Crawl, and return how it ended; what the crawler logs is printed."""
    import boto3  # noqa: PLC0415 -- a quarter of a second, for tests that need it

    from gluedsl.local.crawl import CrawlError, crawl  # noqa: PLC0415 -- it loads DuckDB

    assert isinstance(work, CrawlWork)  # noqa: S101 -- jobs are never asked for here
    try:
        result = crawl(
            work.definition,
            s3=boto3.client("s3"),
            glue=boto3.client("glue"),
            crawl_id=work.id,
            now=work.asked_for_at,
            cancelled=lambda: False,
        )
    except CrawlError as error:
        print(*error.log, sep="\n")  # noqa: T201 -- pytest shows it with a test that fails
        return Ended("FAILED", error.message)
    print(*result.log, sep="\n")  # noqa: T201 -- likewise
    return Ended("SUCCEEDED")
