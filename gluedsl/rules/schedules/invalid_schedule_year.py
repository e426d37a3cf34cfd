"""SC008 `invalid-schedule-year`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class InvalidScheduleYear(ScheduleRule):
    """The year of a schedule is not what Glue takes.

    ## What it does

    Reports years that are not 1970 to 2199.

    ## Why is this bad

    Glue refuses the trigger, or the crawler, with `InvalidInputException`.
    AWS does not say whether a range may run over the end of its field, so gluedsl asks for two ranges.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * ? 26"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * ? 2026"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC008"
    name = "invalid-schedule-year"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
