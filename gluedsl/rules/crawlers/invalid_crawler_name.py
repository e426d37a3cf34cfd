"""CR001 `invalid-crawler-name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.duplicates import repeated
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidCrawlerName(ApiRule):
    """Two crawlers have the same name, or a crawler has a name that Glue does not take.

    ## What it does

    Reports each crawler whose name an earlier crawler of the project already has,
    and names that are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    A crawler's name is unique in an AWS account and region: Glue refuses the second with `AlreadyExistsException`.
    One crawler can serve several workflows; add the same object to each.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")
    orders.add(Crawler("catalog", database="sales", targets=["s3://lake/orders/"]))
    customers.add(Crawler("catalog", database="sales", targets=["s3://lake/customers/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")
    orders.add(Crawler("orders-catalog", database="sales", targets=["s3://lake/orders/"]))
    customers.add(Crawler("customers-catalog", database="sales", targets=["s3://lake/customers/"]))
    ```
    """

    code = "CR001"
    name = "invalid-crawler-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler whose name is taken, and each that cannot have its name."""
        yield from super().check(context)
        for first, path, name in repeated((path, crawler.name) for path, crawler in walk.crawlers(context.project)):
            yield self.finding(
                f"crawler `{name}` is defined twice",
                context.span(*path, "name"),
                related=related((context.span(*first, "name"), "first defined here")),
                help=("give one of the two another name, or add one crawler to both places",),
            )
