"""CR002 `crawler-without-targets`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class CrawlerWithoutTargets(Rule):
    """A crawler has nothing to read.

    ## What it does

    Reports crawlers without a target of any kind.

    ## Why is this bad

    Glue asks for at least one target: S3, JDBC, MongoDB, DynamoDB, the Data Catalog, Delta, Iceberg or Hudi.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=[]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=[S3Target("s3://lake/sales/")]))
    ```
    """

    code = "CR002"
    name = "crawler-without-targets"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CrawlerTargets.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler without targets."""
        for path, crawler in walk.crawlers(context.project):
            if not crawler.targets:
                yield self.finding(
                    f"crawler `{crawler.name}` has no targets",
                    context.span(*path, "targets"),
                    help=(f"name what it reads, for example {context.words.s3_target('s3://bucket/prefix/')}",),
                )
