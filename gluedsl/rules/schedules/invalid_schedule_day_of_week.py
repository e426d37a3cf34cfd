"""SC007 `invalid-schedule-day-of-week`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class InvalidScheduleDayOfWeek(ScheduleRule):
    """The day of week of a schedule is not what Glue takes.

    ## What it does

    Reports days of the week that are not 1 to 7, SUN to SAT, `?`, `L` or a last one such as `6L`.

    ## Why is this bad

    Glue counts the days of the week from 1, Sunday, to 7, Saturday.
    In Unix cron, Sunday is 0 or 7: the first is refused by Glue, and the second means another day.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 ? * 0 *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 ? * SUN *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC007"
    name = "invalid-schedule-day-of-week"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
