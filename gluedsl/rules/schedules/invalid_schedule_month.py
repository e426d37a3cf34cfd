"""SC006 `invalid-schedule-month`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class InvalidScheduleMonth(ScheduleRule):
    """The month of a schedule is not what Glue takes.

    ## What it does

    Reports months that are not 1 to 12 or JAN to DEC.

    ## Why is this bad

    Glue refuses the trigger, or the crawler, with `InvalidInputException`.
    AWS does not say whether a range may run over the end of its field, so gluedsl asks for two ranges.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 1 JANUARY ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 1 JAN ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC006"
    name = "invalid-schedule-month"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
