"""TL019 `absent-import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class AbsentImport(Rule):
    """The module of a function job imports what no worker has.

    ## What it does

    Reports imports of `aws_cdk`, `constructs`, `gluedsl.cdk` and other parts of gluedsl that are not shipped with a
    job, at the top level of a function job's module and of the modules beside it that this imports. Imports inside of
    functions, of `if TYPE_CHECKING` and of `try` are left aside.

    ## Why is this bad

    A worker imports the module to find the function. The import fails, and the job with it.

    ## Example

    ```python
    from gluedsl import Workflow
    from gluedsl.testing import job_run

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    def test_load():
        load(job_run(load))
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    def test_load():
        from gluedsl.testing import job_run

        load(job_run(load))
    ```

    Better still, the test, or the application of the CDK, is a file of its own that imports the flow.
    """

    code = "TL019"
    name = "absent-import"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each import that lowering found."""
        for fault in context.faults:
            if isinstance(fault, faults.AbsentImport):
                yield self.finding(
                    f"module of job `{fault.job}` imports `{fault.module}`, which no worker has",
                    fault.span,
                    help=("put the jobs into a module of their own, or import it inside of a function",),
                )
