"""The local crawler: reads files on S3, writes tables and partitions to the Data Catalog, as AWS's crawler does."""

from gluedsl.local.crawl.crawl import crawl
from gluedsl.local.crawl.failure import CrawlError
from gluedsl.local.crawl.result import CrawlResult

__all__ = ["CrawlError", "CrawlResult", "crawl"]
