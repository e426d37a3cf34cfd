"""CR005 `deleting-catalog-crawler`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import CRAWLER
from gluedsl.targets import CatalogTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class DeletingCatalogCrawler(Rule):
    """A crawler of the Data Catalog is to delete tables.

    ## What it does

    Reports crawlers with targets in the Data Catalog whose `delete_behavior` is not `LOG`.

    ## Why is this bad

    Such a crawler updates tables that it is given. Glue allows it to log what has gone, and nothing else;
    its default is another.

    ## Example

    ```python
    from gluedsl import CatalogTarget, Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[CatalogTarget("sales", tables=["orders"])],
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import CatalogTarget, Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[CatalogTarget("sales", tables=["orders"])],
            delete_behavior="LOG",
        )
    )
    ```
    """

    code = "CR005"
    name = "deleting-catalog-crawler"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler of the Data Catalog that does not say `LOG`."""
        for path, crawler in walk.crawlers(context.project):
            only_new = crawler.recrawl_behavior == "CRAWL_NEW_FOLDERS_ONLY"
            if (
                crawler.delete_behavior == "LOG"
                or only_new
                or not any(isinstance(t, CatalogTarget) for t in crawler.targets)
            ):
                continue
            behavior = (
                f"delete behaviour `{crawler.delete_behavior}`" if crawler.delete_behavior else "no delete behaviour"
            )
            yield self.finding(
                f"crawler `{crawler.name}` reads tables of the Data Catalog, and has {behavior}",
                context.span(*path, "delete_behavior"),
                help=(f"give {context.words.field(CRAWLER, 'delete_behavior', 'LOG')}",),
            )
