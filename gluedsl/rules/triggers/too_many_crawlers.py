"""TR016 `too-many-crawlers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMIT = 2


class TooManyCrawlers(Rule):
    """A trigger starts more than two crawlers.

    ## What it does

    Reports triggers with three crawlers or more.

    ## Why is this bad

    A Glue trigger can activate two crawlers at most.
    One crawler can read many stores, and crawlers can follow each other.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-orders", database="sales", targets=["s3://lake/orders/"]))
    sales.add(Crawler("sales-returns", database="sales", targets=["s3://lake/returns/"]))
    sales.add(Crawler("sales-customers", database="sales", targets=["s3://lake/customers/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/orders/", "s3://lake/returns/", "s3://lake/customers/"],
        )
    )
    ```
    """

    code = "TR016"
    name = "too-many-crawlers"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"
    also = ("QT014",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger with one crawler too many, at the first that is too many."""
        for path, _, trigger in walk.triggers(context.project):
            places = [place for place, action in walk.actions(path, trigger) if action.crawler_name]
            if len(places) > LIMIT:
                yield self.finding(
                    f"trigger `{trigger.name}` starts {len(places)} crawlers, and Glue allows {LIMIT}",
                    context.span(*places[LIMIT]),
                    label="one too many",
                    help=("give one crawler several targets, or start a crawler after another",),
                )
