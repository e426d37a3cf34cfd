"""JB026 `max-retries-out-of-range`."""

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

LEAST, MOST = 0, 10


class MaxRetriesOutOfRange(Rule):
    """A job is retried more than ten times, or less than never.

    ## What it does

    Reports numbers of retries outside of 0 to 10.

    ## Why is this bad

    Glue allows ten at most.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_retries=11)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_retries=10)
    def load(run): ...
    ```
    """

    code = "JB026"
    name = "max-retries-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each number of retries that Glue does not take."""
        for path, job in walk.jobs(context.project):
            if is_outside(job.max_retries, LEAST, MOST):
                yield self.finding(
                    f"job `{job.name}` has a maximum of {job.max_retries} retries, and Glue allows {LEAST} to {MOST}",
                    context.span(*path, "max_retries"),
                )
