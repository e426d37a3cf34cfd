"""CR018 `malformed-crawler-configuration`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_NO_VERSION = "has no `Version`"


def _fault(text: str) -> str:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        return f"is no JSON{reason}"
    if not isinstance(read, dict):
        return "is no JSON object"
    return "" if "Version" in read else _NO_VERSION


class MalformedCrawlerConfiguration(Rule):
    """A crawler's configuration is no JSON object with a version.

    ## What it does

    Reports configurations that cannot be read as JSON, or have no `Version`.

    ## Why is this bad

    Glue reads the configuration as versioned JSON, and refuses anything else.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            configuration='{"CreatePartitionIndex": true}',
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
            configuration='{"Version": 1.0, "CreatePartitionIndex": true}',
        )
    )
    ```
    """

    code = "CR018"
    name = "malformed-crawler-configuration"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each configuration that Glue cannot read."""
        for path, crawler in walk.crawlers(context.project):
            if not is_settled(crawler.configuration):
                continue
            fault = _fault(crawler.configuration or "")
            if fault:
                yield self.finding(
                    f"configuration of crawler `{crawler.name}` {fault}",
                    context.span(*path, "configuration"),
                    help=('begin with `{"Version": 1.0, `',) if fault == _NO_VERSION else (),
                )
