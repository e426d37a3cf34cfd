"""JB030 `invalid-job-concurrency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 4_000


class InvalidJobConcurrency(Rule):
    """A job may run less than once at a time, or more often than Glue allows.

    ## What it does

    Reports maxima of concurrent runs below 1 and above 4,000.

    ## Why is this bad

    A job that may not run at all never runs. 4,000 is Glue's quota for one job.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_concurrent_runs=0)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_concurrent_runs=1)
    def load(run): ...
    ```
    """

    code = "JB030"
    name = "invalid-job-concurrency"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_ExecutionProperty.html"
    also = ("QT006",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each maximum that Glue does not take."""
        for path, job in walk.jobs(context.project):
            if is_outside(job.max_concurrent_runs, LEAST, MOST):
                yield self.finding(
                    f"job `{job.name}` has a maximum of {job.max_concurrent_runs:,} concurrent runs, "
                    f"and Glue allows {LEAST} to {MOST:,}",
                    context.span(*path, "max_concurrent_runs"),
                )
