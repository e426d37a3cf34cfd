"""How a crawl ends badly."""

from __future__ import annotations


class CrawlError(Exception):
    """The crawl failed; `message` is what Glue shows as the crawl's error, `log` what it had logged, and the error."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.log: tuple[str, ...] = ()
