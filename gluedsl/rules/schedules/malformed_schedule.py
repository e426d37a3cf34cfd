"""SC001 `malformed-schedule`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class MalformedSchedule(ScheduleRule):
    """A schedule is not of the form that Glue reads.

    ## What it does

    Reports schedules that are not `cron(...)` around six fields.

    ## Why is this bad

    Glue reads `cron(Minutes Hours Day-of-month Month Day-of-week Year)`: six fields, all of them required.
    In `gluedsl`, the function `cron` adds the wrapper.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC001"
    name = "malformed-schedule"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
