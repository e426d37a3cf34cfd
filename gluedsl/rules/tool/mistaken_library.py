"""TL015 `mistaken-library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class MistakenLibrary(Rule):
    """A library that pip is asked for is called almost as a file or folder beside the flow.

    ## What it does

    Reports members of `libraries` that are nothing beside the flow, where something beside it has nearly that name.

    ## Why is this bad

    What is not there is taken for a requirement. pip installs the package of that name from a public index, if
    somebody has made one, and its code runs in the job.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    # beside this file is the folder `util`
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(PythonShellJob("load", script="s3://scripts/load.py", libraries=["utli"]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(PythonShellJob("load", script="s3://scripts/load.py", libraries=["./util"]))
    ```

    With a path separator, a name is never taken for a requirement. A requirement with a version, `utli==1.0`, is
    taken for what it is.
    """

    code = "TL015"
    name = "mistaken-library"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each library that lowering did not find, where something of a like name is."""
        for fault in context.faults:
            if isinstance(fault, faults.MistakenLibrary):
                yield self.finding(
                    f"job `{fault.job}` has pip install `{fault.name}`, and `{fault.near}` lies beside the flow",
                    fault.span,
                    help=(f"did you mean `{fault.near}`?",),
                )
