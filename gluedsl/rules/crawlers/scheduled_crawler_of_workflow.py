"""CR021 `scheduled-crawler-of-workflow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ScheduledCrawlerOfWorkflow(Rule):
    """A crawler of a workflow has a schedule of its own.

    ## What it does

    Reports crawlers that a trigger starts and that start by themselves as well.

    ## Why is this bad

    A crawl that the crawler's own schedule starts belongs to no run of the workflow:
    what waits for the crawler does not start.
    If it is still going when the workflow's turn comes, the workflow's own crawl cannot start.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            schedule="cron(0 2 * * ? *)",
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * ? *"), role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))
    ```
    """

    code = "CR021"
    name = "scheduled-crawler-of-workflow"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://github.com/aws/serverless-application-model/issues/2506"
    also = ("TR025",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler that a workflow and its own schedule start."""
        started = {
            action.crawler_name: (path, workflow.name)
            for trigger_path, workflow, trigger in reversed([*walk.triggers(context.project)])
            for path, action in walk.actions(trigger_path, trigger)
            if action.crawler_name
        }
        for path, crawler in walk.crawlers(context.project):
            if crawler.schedule and crawler.name in started and isinstance(parse(crawler.schedule), Cron):
                place, workflow_name = started[crawler.name]
                yield self.finding(
                    f"crawler `{crawler.name}` has a schedule of its own, "
                    f"and workflow `{workflow_name}` starts it as well",
                    context.span(*path, "schedule"),
                    related=related((context.span(*place), "started by the workflow here")),
                    notes=("what waits for the crawler starts only if the workflow started it",),
                    help=("let the workflow have the schedule",),
                )
