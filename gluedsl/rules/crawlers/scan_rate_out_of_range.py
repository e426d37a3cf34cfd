"""CR008 `scan-rate-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import DynamoDBTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 0.1, 1.5


class ScanRateOutOfRange(Rule):
    """A crawler reads a DynamoDB table too fast, or not at all.

    ## What it does

    Reports scan rates outside of 0.1 to 1.5.

    ## Why is this bad

    The rate is a share of the table's read capacity: what it takes, the table's other readers lack.

    ## Example

    ```python
    from gluedsl import Crawler, DynamoDBTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[DynamoDBTarget("orders", scan_rate=2)],
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, DynamoDBTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[DynamoDBTarget("orders", scan_rate=0.5)],
        )
    )
    ```
    """

    code = "CR008"
    name = "scan-rate-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_DynamoDBTarget.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each target whose value is out of range."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                if isinstance(target, DynamoDBTarget) and is_outside(target.scan_rate, LEAST, MOST):
                    yield self.finding(
                        f"crawler `{crawler.name}` scans at a rate of {target.scan_rate:g}, "
                        f"and Glue allows {LEAST:g} to {MOST:g}",
                        context.span(*path, "targets", index, "scan_rate"),
                    )
