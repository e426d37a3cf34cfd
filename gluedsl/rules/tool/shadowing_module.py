"""TL018 `shadowing-module`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ShadowingModule(Rule):
    """A flow file is called as a module that its jobs need.

    ## What it does

    Reports modules of function jobs that have the name of a module of Python's standard library, of boto3 or of what
    boto3 imports; of `pyspark` and `awsglue` for Spark jobs.

    ## Why is this bad

    A worker imports one module of a name: either the job gets the flow in place of the library, or the library in
    place of the flow. Both end it before its first line.

    ## Example

    In the file `json.py`:

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    The same in the file `json_files.py`:

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "TL018"
    name = "shadowing-module"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each module whose name lowering knows from elsewhere."""
        for fault in context.faults:
            if isinstance(fault, faults.ShadowingModule):
                yield self.finding(
                    f"module of job `{fault.job}` is called `{fault.module}`, as one that the job itself needs is",
                    fault.span,
                    help=("give the file another name",),
                )
