"""CN001 `ambiguous-condition`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class AmbiguousCondition(Rule):
    """A condition names both a job and a crawler, or neither.

    ## What it does

    Reports conditions of triggers that do not name exactly one thing to watch.

    ## Why is this bad

    A condition of a Glue trigger is on the end of one job or of one crawler.

    ## Example

    In Python an outcome is that of a job or of a crawler, so this cannot be written. In CloudFormation it can:

    ```json
    {
      "Conditions": [
        {"JobName": "load", "State": "SUCCEEDED", "CrawlerName": "sales-catalog", "LogicalOperator": "EQUALS"}
      ]
    }
    ```

    ## Use instead

    ```json
    {
      "Logical": "AND",
      "Conditions": [
        {"JobName": "load", "State": "SUCCEEDED", "LogicalOperator": "EQUALS"},
        {"CrawlerName": "sales-catalog", "CrawlState": "SUCCEEDED", "LogicalOperator": "EQUALS"}
      ]
    }
    ```
    """

    code = "CN001"
    name = "ambiguous-condition"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Condition.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition that watches not exactly one thing."""
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                if condition.job_name and condition.crawler_name:
                    names = f"both job `{condition.job_name}` and crawler `{condition.crawler_name}`"
                elif not condition.job_name and not condition.crawler_name:
                    names = "neither a job nor a crawler"
                else:
                    continue
                yield self.finding(
                    f"a condition of trigger `{trigger.name}` names {names}",
                    context.span(*place),
                    help=("give each job and each crawler a condition of its own",),
                )
