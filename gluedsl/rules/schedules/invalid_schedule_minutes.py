"""SC003 `invalid-schedule-minutes`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class InvalidScheduleMinutes(ScheduleRule):
    """The minutes of a schedule are not what Glue takes.

    ## What it does

    Reports minutes that are not 0 to 59, in lists, ranges and steps.

    ## Why is this bad

    Glue refuses the trigger, or the crawler, with `InvalidInputException`.
    AWS does not say whether a range may run over the end of its field, so gluedsl asks for two ranges.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("75 2 * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("15 3 * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC003"
    name = "invalid-schedule-minutes"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
