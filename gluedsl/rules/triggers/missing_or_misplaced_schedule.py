"""TR013 `missing-or-misplaced-schedule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OTHERS = ("ON_DEMAND", "CONDITIONAL", "EVENT")


class MissingOrMisplacedSchedule(Rule):
    """A scheduled trigger has no schedule, or another trigger has one.

    ## What it does

    Reports SCHEDULED triggers without a schedule; and, as a warning, schedules of triggers of other types.

    ## Why is this bad

    A scheduled trigger starts runs at the times that its schedule names, and Glue asks for one.
    A trigger of another type never looks at a schedule.

    ## Example

    In Python a schedule makes a trigger a scheduled one. In CloudFormation it can be left out:

    ```json
    {
      "Type": "SCHEDULED",
      "StartOnCreation": true,
      "Actions": [{"JobName": "load"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "SCHEDULED",
      "Schedule": "cron(0 2 * * ? *)",
      "StartOnCreation": true,
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TR013"
    name = "missing-or-misplaced-schedule"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger whose type and schedule do not go together."""
        for path, _, trigger in walk.triggers(context.project):
            if trigger.type == "SCHEDULED" and trigger.schedule is None:
                yield self.finding(
                    f"trigger `{trigger.name}` is scheduled, and has no schedule",
                    context.span(*path, "schedule"),
                    help=("give it a schedule, for example `cron(0 2 * * ? *)`",),
                )
            elif trigger.type in OTHERS and trigger.schedule is not None:
                yield self.finding(
                    f"trigger `{trigger.name}` has a schedule, and is of type `{trigger.type}`",
                    context.span(*path, "schedule"),
                    help=("leave it out, or let the trigger be of type `SCHEDULED`",),
                    severity=Severity.WARNING,
                )
