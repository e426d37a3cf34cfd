"""WF011 `crawler-of-concurrent-workflow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class CrawlerOfConcurrentWorkflow(Rule):
    """A workflow with a crawler may run several times at once.

    ## What it does

    Reports workflows that start a crawler and whose `max_concurrent_runs` is above 1.

    ## Why is this bad

    A crawler runs once at a time: where two runs of the workflow meet in it, the second crawl cannot start.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", max_concurrent_runs=2, role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", max_concurrent_runs=1, role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))
    ```
    """

    code = "WF011"
    name = "crawler-of-concurrent-workflow"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow whose runs can meet in a crawler."""
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            crawlers = [node for node in graph.nodes if node.type == "CRAWLER"]
            if crawlers and is_above(workflow.max_concurrent_runs, 1):
                yield self.finding(
                    f"workflow `{workflow.name}` allows {workflow.max_concurrent_runs} runs at once, "
                    f"and {listed(crawlers)} {'run' if len(crawlers) > 1 else 'runs'} once at a time",
                    context.span(*path, "max_concurrent_runs"),
                    help=("allow one run at a time",),
                )
