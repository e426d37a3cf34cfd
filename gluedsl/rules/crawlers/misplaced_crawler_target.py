"""CR026 `misplaced-crawler-target`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.s3 import s3_fault
from gluedsl.targets import DeltaTarget, HudiTarget, IcebergTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context
    from gluedsl.targets import Target


class MisplacedCrawlerTarget(Rule):
    """A crawler's target is to be in S3, and is somewhere else.

    ## What it does

    Reports paths of S3, Delta Lake, Iceberg and Hudi targets that are no `s3://` URI, or whose bucket has a name that
    no bucket can have. A text in `targets` is the path of an S3 target.

    ## Why is this bad

    Glue has crawlers look in S3 alone for such targets. It may take the crawler, and each crawl fails.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3:/lake/sales/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))
    ```
    """

    code = "CR026"
    name = "misplaced-crawler-target"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each path that is in no bucket."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                for field, uri in _paths(target):
                    fault = s3_fault(uri) if is_settled(uri) else ""
                    if fault:
                        yield self.finding(
                            f"target `{uri}` of crawler `{crawler.name}` {fault}",
                            context.span(*path, "targets", index, *field),
                            help=("write `s3://bucket/prefix/`",),
                        )


def _paths(target: Target) -> Iterator[tuple[Path, str]]:
    """Yield what a target reads in S3, with the field that says it."""
    match target:
        case S3Target(path=path):
            yield ("path",), path
        case DeltaTarget(tables=paths):
            yield from ((("tables", index), path) for index, path in enumerate(paths))
        case IcebergTarget(paths=paths) | HudiTarget(paths=paths):
            yield from ((("paths", index), path) for index, path in enumerate(paths))
        case _:
            return
