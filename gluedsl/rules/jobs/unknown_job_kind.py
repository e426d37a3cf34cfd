"""JB003 `unknown-job-kind`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KINDS = ("glueetl", "pythonshell", "gluestreaming", "glueray")


class UnknownJobKind(Rule):
    """A job is of a kind that Glue does not have.

    ## What it does

    Reports commands of jobs that are not named `glueetl`, `pythonshell`, `gluestreaming` or `glueray`.

    ## Why is this bad

    The name of a job's command says what runs its script. Schemas take any text for it, and Glue refuses the job.

    ## Example

    In Python each kind of job is a class. In CloudFormation any can be written:

    ```json
    {
      "Command": {"Name": "pyhtonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3.9"}
    }
    ```

    ## Use instead

    ```json
    {
      "Command": {"Name": "pythonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3.9"}
    }
    ```
    """

    code = "JB003"
    name = "unknown-job-kind"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job of an unknown kind."""
        for path, job in walk.jobs(context.project):
            kind: str = job.kind  # a template's may be any text
            if kind not in KINDS:
                what = f"is of kind `{kind}`, which Glue does not have" if kind else "has no kind"
                yield self.finding(
                    f"job `{job.name}` {what}",
                    context.span(*path, "kind"),
                    help=(*did_you_mean(kind, KINDS), f"Glue has {choices(KINDS, 'and')}"),
                )
