"""SC013 `never-firing-schedule`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.schedules.schedule_rule import FIRST_YEAR, schedules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_BEGIN = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


class NeverFiringSchedule(Rule):
    """A schedule never fires.

    ## What it does

    Reports schedules on days that no month of theirs has, and of years that have passed.

    ## Why is this bad

    The workflow deploys, and never starts.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 30 FEB ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 28 FEB ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC013"
    name = "never-firing-schedule"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each schedule without a firing."""
        for path, owner, text in schedules(context.project):
            cron = parse(text)
            if isinstance(cron, Cron) and cron.next_after(_BEGIN) is None:
                yield self.finding(
                    f"schedule of {owner} never fires",
                    context.span(*path),
                    notes=(f"it names no day that there is from {FIRST_YEAR} on",),
                    help=("choose a day that its months have, and years to come",),
                )
