"""CN005 `unwatchable-crawler-state`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.conditions.ends import OF_CRAWLERS
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
from gluedsl.rules.rule import Context


class UnwatchableCrawlerState(Rule):
    """A trigger waits for a state of a crawler that no trigger can wait for.

    ## What it does

    Reports conditions on a crawler with another state than SUCCEEDED, FAILED or CANCELLED.

    ## Why is this bad

    Glue answers "choose from one of the following crawler state: [SUCCEEDED, FAILED, CANCELLED]",
    although CloudFormation's schema lists more.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    catalog = sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))


    @sales.python_shell_job(after=catalog.outcome("ERROR"))
    def page_on_call(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    catalog = sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"]))


    @sales.python_shell_job(after=catalog.failed)
    def page_on_call(run): ...
    ```
    """

    code = "CN005"
    name = "unwatchable-crawler-state"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws/aws-cdk/issues/24575"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition on a crawler whose state no trigger can wait for."""
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                node, state = condition_node(condition), condition.crawl_state
                if node is None or node.type != "CRAWLER" or condition.state is not None:
                    continue
                if state is not None and state not in OF_CRAWLERS:
                    yield self.finding(
                        f"trigger `{trigger.name}` waits for {node} to be `{state}`, which no trigger can wait for",
                        context.span(*place, "crawl_state"),
                        help=(*did_you_mean(state, OF_CRAWLERS), f"wait for {choices(OF_CRAWLERS)}"),
                    )
