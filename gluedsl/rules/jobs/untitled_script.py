"""JB039 `untitled-script`."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import RemoteScript, walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UntitledScript(Rule):
    """A job's script has the name that the console refuses.

    ## What it does

    Reports scripts named `Untitled job`.

    ## Why is this bad

    It is what the console calls a job that nobody named. The console does not save it.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/Untitled job.py"))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    ```
    """

    code = "JB039"
    name = "untitled-script"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/edit-script.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each script of that name."""
        for path, job in walk.jobs(context.project):
            uri = job.code.uri if isinstance(job.code, RemoteScript) else ""
            if PurePosixPath(uri).stem == "Untitled job":
                yield self.finding(
                    f"script of job `{job.name}` is named `Untitled job`",
                    context.span(*path, "code"),
                    help=("give it a name",),
                )
