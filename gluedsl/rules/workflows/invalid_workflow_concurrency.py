"""WF005 `invalid-workflow-concurrency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidWorkflowConcurrency(ApiRule):
    """A workflow may run less than once at a time.

    ## What it does

    Reports maxima of concurrent runs below 1, and such as are no whole numbers.

    ## Why is this bad

    Glue takes a whole number. What 0 means is not documented; no limit at all is to leave it out.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", max_concurrent_runs=0, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", max_concurrent_runs=1, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "WF005"
    name = "invalid-workflow-concurrency"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each maximum that Glue does not take, or gives no meaning."""
        yield from super().check(context)
        for path, workflow in walk.workflows(context.project):
            if is_outside(workflow.max_concurrent_runs, 1):
                yield self.finding(
                    f"workflow `{workflow.name}` has a maximum of {workflow.max_concurrent_runs} concurrent runs, "
                    "and 1 is the least",
                    context.span(*path, "max_concurrent_runs"),
                    help=("leave it out for no limit",),
                )
