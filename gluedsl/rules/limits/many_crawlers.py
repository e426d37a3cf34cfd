"""QT008 `many-crawlers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMIT = 1_000


class ManyCrawlers(Rule):
    """A project has more crawlers than an account may have.

    ## What it does

    Reports, as an information, projects of more than 1,000 crawlers.

    ## Why is this bad

    1,000 crawlers in an account and region is Glue's quota, all projects together. Beyond, Glue refuses them.
    AWS raises quotas on request: what is meant to be so large asks for more before it is deployed.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    flows = [Workflow(f"sales-{shop}", role="GlueJobRole") for shop in range(501)]
    for flow in flows:
        for part in ("orders", "returns"):
            flow.add(Crawler(f"{flow.name}-{part}", database="sales", targets=[f"s3://lake/{flow.name}/{part}/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    flows = [Workflow(f"sales-{shop}", role="GlueJobRole") for shop in range(10)]
    for flow in flows:
        for part in ("orders", "returns"):
            flow.add(Crawler(f"{flow.name}-{part}", database="sales", targets=[f"s3://lake/{flow.name}/{part}/"]))
    ```
    """

    code = "QT008"
    name = "many-crawlers"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/general/latest/gr/glue.html"
    also = ("CR025",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield one finding if there are too many."""
        places = [path for path, *_ in walk.crawlers(context.project)]
        if len(places) > LIMIT:
            yield self.finding(
                f"the project has {len(places):,} crawlers, and Glue allows an account {LIMIT:,}",
                context.span(*places[LIMIT]),
                label="one too many",
                notes=("the limit is a quota that AWS can raise for an account",),
            )
