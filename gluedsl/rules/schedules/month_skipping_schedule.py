"""SC012 `month-skipping-schedule`."""

from __future__ import annotations

from calendar import month_name
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.schedules.schedule_rule import schedules
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Of each month, in the shortest year."""


class MonthSkippingSchedule(Rule):
    """A schedule leaves out the months that are too short for it.

    ## What it does

    Reports schedules on the 29th, 30th or 31st alone that mean months which do not have that day.

    ## Why is this bad

    Nothing fires in such a month: the 31st is missing from five, the 29th from most Februaries.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 31 * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 L * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC012"
    name = "month-skipping-schedule"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each schedule that fires in some of its months and not in others."""
        for path, owner, text in schedules(context.project):
            cron = parse(text)
            if (
                not isinstance(cron, Cron)
                or cron.last_day
                or cron.last_weekday
                or cron.days_of_week
                or cron.last_of_month
            ):
                continue
            first = min((*cron.days_of_month, *cron.near_weekdays), default=0)
            short = [month for month in cron.months if _LENGTHS[month] < first]
            if short and len(short) < len(cron.months):
                yield self.finding(
                    f"schedule of {owner} does not fire in {listed([month_name[month] for month in short])}, "
                    f"which {'have' if len(short) > 1 else 'has'} no day {first} in every year",
                    context.span(*path),
                    help=("write `L` for the last day of each month",),
                )
