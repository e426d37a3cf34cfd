"""JB004 `invalid-python-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.kinds import KINDS, shown
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

VERSIONS = {"glueetl": "3", "gluestreaming": "3", "pythonshell": "3.9", "glueray": "3.9"}


class InvalidPythonVersion(Rule):
    """A job has a version of Python that its kind does not run.

    ## What it does

    Reports Spark and streaming jobs of another Python than `3`, and Python shell and Ray jobs of another than `3.9`.

    ## Why is this bad

    Spark jobs say `3`, and Glue's version decides which one that is.
    Python shell jobs of Python 3.6, which their `3` means, can no longer be created, nor can jobs of Python 2.

    ## Example

    In Python the types refuse it. In CloudFormation it can be written:

    ```json
    {
      "Command": {"Name": "pythonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3"}
    }
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(python_version="3.9")
    def load(run): ...
    ```
    """

    code = "JB004"
    name = "invalid-python-version"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job of a Python that it cannot have."""
        for path, job in walk.jobs(context.project):
            runs = VERSIONS.get(job.kind)
            if job.python_version is not None and runs is not None and job.python_version != runs:
                yield self.finding(
                    f"{shown(job)} has Python version `{job.python_version}`, and {KINDS[job.kind]} jobs have `{runs}`",
                    context.span(*path, "python_version"),
                    help=(f"write `{runs}`, or leave it out",) if job.kind == "glueetl" else (f"write `{runs}`",),
                )
