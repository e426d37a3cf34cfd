"""SC010 `too-frequent-schedule`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class TooFrequentSchedule(ScheduleRule):
    """A schedule fires more often than every five minutes.

    ## What it does

    Reports schedules with less than five minutes between two firings, over the hour and over midnight too.

    ## Why is this bad

    Glue does not support cron expressions that lead to rates faster than five minutes.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0/2 * * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0/5 * * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC010"
    name = "too-frequent-schedule"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
