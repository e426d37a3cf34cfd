"""CR006 `crawler-without-database`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import CatalogTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class CrawlerWithoutDatabase(Rule):
    """A crawler has nowhere to put its tables.

    ## What it does

    Reports crawlers without a database, unless they update tables that are in one.

    ## Why is this bad

    What a crawler finds becomes tables of a database in the Data Catalog.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", targets=["s3://lake/sales/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))
    ```
    """

    code = "CR006"
    name = "crawler-without-database"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler without a database that makes tables."""
        for path, crawler in walk.crawlers(context.project):
            makes_tables = any(not isinstance(target, CatalogTarget) for target in crawler.targets)
            if makes_tables and not crawler.database:
                yield self.finding(
                    f"crawler `{crawler.name}` has no database for its tables",
                    context.span(*path, "database"),
                    help=("give `database`",),
                )
