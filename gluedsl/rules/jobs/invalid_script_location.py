"""JB005 `invalid-script-location`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import RemoteScript, walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind
from gluedsl.rules.s3 import s3_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidScriptLocation(ApiRule):
    """A job's script is nowhere in S3.

    ## What it does

    Reports scripts that are deployed already and whose location is empty, too long, or no `s3://` URI of a file.

    ## Why is this bad

    Glue reads a job's script from S3, and from nowhere else.

    ## Example

    In Python, a path that is no `s3://` URI is a file that is uploaded. In CloudFormation it can be written:

    ```json
    {
      "Command": {"Name": "glueetl", "ScriptLocation": "jobs/load.py"}
    }
    ```

    ## Use instead

    ```json
    {
      "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/jobs/load.py"}
    }
    ```
    """

    code = "JB005"
    name = "invalid-script-location"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job whose script cannot be read."""
        yield from super().check(context)
        for path, job in walk.jobs(context.project):
            fault = s3_fault(job.code.uri, needs_key=True) if isinstance(job.code, RemoteScript) else ""
            if isinstance(job.code, RemoteScript) and fault:
                where = f"is `{job.code.uri}`, which {fault}" if job.code.uri else "is not said to be anywhere"
                yield self.finding(
                    f"script of job `{job.name}` {where}",
                    context.span(*path, "code"),
                    help=("upload it, and write its URI: `s3://bucket/key`",),
                )
