"""AC001 `ambiguous-action`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class AmbiguousAction(Rule):
    """An action names both a job and a crawler, or neither.

    ## What it does

    Reports actions of triggers that do not name exactly one thing to start.

    ## Why is this bad

    An action of a Glue trigger starts one job or one crawler.

    ## Example

    In Python an action is a job or a crawler, so this cannot be written. In CloudFormation it can:

    ```json
    {
      "Actions": [{"JobName": "load", "CrawlerName": "sales-catalog"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Actions": [{"JobName": "load"}, {"CrawlerName": "sales-catalog"}]
    }
    ```
    """

    code = "AC001"
    name = "ambiguous-action"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each action that starts not exactly one thing."""
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                if action.job_name and action.crawler_name:
                    names = f"both job `{action.job_name}` and crawler `{action.crawler_name}`"
                elif not action.job_name and not action.crawler_name:
                    names = "neither a job nor a crawler"
                else:
                    continue
                yield self.finding(
                    f"an action of trigger `{trigger.name}` names {names}",
                    context.span(*place),
                    help=("give each job and each crawler an action of its own",),
                )
