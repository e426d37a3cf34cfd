"""AC003 `settings-of-crawler-action`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import ACTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

FIELDS = ("arguments", "timeout_minutes", "security_configuration", "notify_delay_after_minutes")


class SettingsOfCrawlerAction(Rule):
    """A trigger gives a crawler what only jobs take.

    ## What it does

    Reports arguments, timeouts, notifications and security configurations of actions that start a crawler.

    ## Why is this bad

    Glue does not hand them over: a crawler takes nothing from the trigger that starts it.

    ## Example

    In Python a crawler has no arguments. In CloudFormation it can be written:

    ```json
    {
      "Actions": [{"CrawlerName": "sales-catalog", "Timeout": 30}]
    }
    ```

    ## Use instead

    ```json
    {
      "Actions": [{"CrawlerName": "sales-catalog"}]
    }
    ```
    """

    code = "AC003"
    name = "settings-of-crawler-action"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each setting that a crawler does not heed."""
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                for field in FIELDS:
                    if action.crawler_name and not action.job_name and getattr(action, field):
                        given = context.words.field(ACTION, field)
                        yield self.finding(
                            f"trigger `{trigger.name}` gives crawler `{action.crawler_name}` {given}, "
                            "which only jobs take",
                            context.span(*place, field),
                            help=("leave it out",),
                        )
