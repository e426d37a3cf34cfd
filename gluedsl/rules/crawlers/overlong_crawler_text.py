"""CR012 `overlong-crawler-text`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class OverlongCrawlerText(ApiRule):
    """A crawler's prefix, description or security configuration is too long.

    ## What it does

    Reports table prefixes and names of security configurations beyond 128 bytes, and descriptions beyond 2,048 bytes.

    ## Why is this bad

    Glue refuses the crawler.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            table_prefix="raw_" * 40,
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            table_prefix="raw_",
        )
    )
    ```
    """

    code = "CR012"
    name = "overlong-crawler-text"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html"
