"""JB023 `timeout-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 10_079


class TimeoutOutOfRange(Rule):
    """A job may run for seven days or longer, or for no time at all.

    ## What it does

    Reports timeouts of jobs outside of 1 to 10,079 minutes.

    ## Why is this bad

    Glue asks for less than 7 days, 10,080 minutes.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(timeout_minutes=10080)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(timeout_minutes=10079)
    def load(run): ...
    ```
    """

    code = "JB023"
    name = "timeout-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each timeout that Glue does not take."""
        for path, job in walk.jobs(context.project):
            if is_outside(job.timeout_minutes, LEAST, MOST):
                yield self.finding(
                    f"job `{job.name}` times out after {counted(job.timeout_minutes or 0, 'minute')}, "
                    f"and Glue allows {LEAST} to {MOST:,}",
                    context.span(*path, "timeout_minutes"),
                )
