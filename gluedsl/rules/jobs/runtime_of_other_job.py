"""JB006 `runtime-of-other-job`."""

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


class RuntimeOfOtherJob(Rule):
    """A job that is no Ray job has a Ray runtime.

    ## What it does

    Reports runtimes of Spark, streaming and Python shell jobs.

    ## Why is this bad

    The runtime says which version of Ray a Ray job has. Other kinds of job have none.

    ## Example

    In Python only Ray jobs have one. In CloudFormation it can be written:

    ```json
    {
      "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py", "Runtime": "Ray2.4"}
    }
    ```

    ## Use instead

    ```json
    {
      "Command": {"Name": "glueray", "ScriptLocation": "s3://scripts/load.py", "Runtime": "Ray2.4"}
    }
    ```
    """

    code = "JB006"
    name = "runtime-of-other-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each runtime that says nothing."""
        for path, job in walk.jobs(context.project):
            if job.runtime is not None and job.kind in KINDS and job.kind != "glueray":
                yield self.finding(
                    f"{shown(job)} has runtime `{job.runtime}`, which is for Ray jobs",
                    context.span(*path, "runtime"),
                    help=("leave it out",),
                )
