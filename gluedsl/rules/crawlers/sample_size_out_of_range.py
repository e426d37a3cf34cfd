"""CR007 `sample-size-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 249


class SampleSizeOutOfRange(Rule):
    """A crawler reads no files of a folder, or more of them than a sample has.

    ## What it does

    Reports sample sizes outside of 1 to 249.

    ## Why is this bad

    Without a sample size, Glue reads all files.

    ## Example

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[S3Target("s3://lake/sales/", sample_size=500)],
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[S3Target("s3://lake/sales/", sample_size=100)],
        )
    )
    ```
    """

    code = "CR007"
    name = "sample-size-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_S3Target.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each target whose value is out of range."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                if isinstance(target, S3Target) and is_outside(target.sample_size, LEAST, MOST):
                    yield self.finding(
                        f"crawler `{crawler.name}` reads a sample of {target.sample_size} files, "
                        f"and Glue allows {LEAST:g} to {MOST:g}",
                        context.span(*path, "targets", index, "sample_size"),
                    )
