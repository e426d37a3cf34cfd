"""TL003 `missing-file`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class MissingFile(Rule):
    """A job's script or library is not there.

    ## What it does

    Reports scripts and libraries that are named by a path where there is neither a file nor a folder.

    ## Why is this bad

    What a job runs is packaged and uploaded when the workflow is deployed, and read when it runs here.
    Paths are relative to the flow file that names them.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="no-such-folder/load.py"))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    ```
    """

    code = "TL003"
    name = "missing-file"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each file that lowering looked for in vain."""
        for fault in context.faults:
            if isinstance(fault, faults.MissingFile):
                meant = tuple(f"did you mean `{near}`?" for near in fault.near)
                yield self.finding(
                    f"job `{fault.job}` names `{fault.path}`, and there is no such file",
                    fault.span,
                    notes=(f"looked at {fault.looked_at}",),
                    help=(*meant, "give the path as seen from the flow file that names it"),
                )
