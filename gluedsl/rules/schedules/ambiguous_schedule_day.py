"""SC009 `ambiguous-schedule-day`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule


class AmbiguousScheduleDay(ScheduleRule):
    """A schedule names its days twice, or not at all.

    ## What it does

    Reports schedules in which not exactly one of day of month and day of week is `?`.

    ## Why is this bad

    Day of month and day of week are two ways to say the same thing.
    Glue takes one of them and asks for `?` in the other; `*` in both is refused as well.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * MON *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 ? * MON *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC009"
    name = "ambiguous-schedule-day"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"
