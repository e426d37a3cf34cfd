"""CR009 `traversal-depth-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import HudiTarget, IcebergTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 20


class TraversalDepthOutOfRange(Rule):
    """A crawler looks for tables in no folder, or too deep.

    ## What it does

    Reports depths outside of 1 to 20 on Iceberg and Hudi targets.

    ## Why is this bad

    Glue looks for the folder with a table's metadata, 10 levels deep unless it is told otherwise.

    ## Example

    ```python
    from gluedsl import Crawler, IcebergTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[IcebergTarget(["s3://lake/sales/"], maximum_traversal_depth=30)],
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, IcebergTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[IcebergTarget(["s3://lake/sales/"], maximum_traversal_depth=20)],
        )
    )
    ```
    """

    code = "CR009"
    name = "traversal-depth-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_IcebergTarget.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each target whose value is out of range."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                if isinstance(target, IcebergTarget | HudiTarget) and is_outside(
                    target.maximum_traversal_depth, LEAST, MOST
                ):
                    yield self.finding(
                        f"crawler `{crawler.name}` looks {target.maximum_traversal_depth} levels deep, "
                        f"and Glue allows {LEAST:g} to {MOST:g}",
                        context.span(*path, "targets", index, "maximum_traversal_depth"),
                    )
