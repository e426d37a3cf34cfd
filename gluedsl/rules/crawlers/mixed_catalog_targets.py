"""CR003 `mixed-catalog-targets`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import CatalogTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class MixedCatalogTargets(Rule):
    """A crawler reads the Data Catalog and something else.

    ## What it does

    Reports crawlers with targets in the Data Catalog beside targets of another kind.

    ## Why is this bad

    Glue refuses the mixture. Other kinds of target can stand together.

    ## Example

    ```python
    from gluedsl import CatalogTarget, Crawler, S3Target, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[CatalogTarget("sales", tables=["orders"]), S3Target("s3://lake/sales/")],
            delete_behavior="LOG",
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

    code = "CR003"
    name = "mixed-catalog-targets"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler whose targets cannot stand together."""
        for path, crawler in walk.crawlers(context.project):
            catalogued = [index for index, one in enumerate(crawler.targets) if isinstance(one, CatalogTarget)]
            others = [index for index in range(len(crawler.targets)) if index not in catalogued]
            if catalogued and others:
                yield self.finding(
                    f"crawler `{crawler.name}` reads tables of the Data Catalog beside other targets",
                    context.span(*path, "targets", others[0]),
                    related=related((context.span(*path, "targets", catalogued[0]), "tables of the Data Catalog")),
                    help=("make two crawlers of it",),
                )
