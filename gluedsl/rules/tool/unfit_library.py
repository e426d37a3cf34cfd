"""TL016 `unfit-library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnfitLibrary(Rule):
    """A file is given to a job as a library, and jobs of its kind take no such files.

    ## What it does

    Reports members of `libraries` that are files beside the flow with another ending than the job's kind takes:
    Python shell takes `.py` and `.whl`, Spark `.py`, `.whl` and `.zip`, Ray `.zip`. Folders are packed for any kind.

    ## Why is this bad

    Glue has no argument by which such a file could be given, so that nothing can be deployed.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(PythonShellJob("load", script="s3://scripts/load.py", libraries=["requirements.txt"]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(PythonShellJob("load", script="s3://scripts/load.py", libraries=["requests==2.32.3"]))
    ```
    """

    code = "TL016"
    name = "unfit-library"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each file that lowering found and no job of the kind takes."""
        for fault in context.faults:
            if isinstance(fault, faults.UnfitLibrary):
                takes = choices(fault.takes, "and")
                files = f"files that end in {takes}"
                yield self.finding(
                    f"job `{fault.job}` is given the library `{fault.path}`, and its kind takes no such file",
                    fault.span,
                    help=(f"it takes folders, and {files}",),
                )
