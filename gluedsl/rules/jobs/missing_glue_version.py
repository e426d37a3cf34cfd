"""JB009 `missing-glue-version`."""

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


class MissingGlueVersion(Rule):
    """A job does not say which version of Glue it runs on.

    ## What it does

    Reports Spark, streaming and Ray jobs without a version.

    ## Why is this bad

    AWS's pages do not agree on the version that such a job gets, and it has changed over time.
    A job that works today may start on another version of Spark and Python when it is deployed anew.

    ## Example

    In Python there is a default. In CloudFormation it can be left out:

    ```json
    {
      "Type": "AWS::Glue::Job",
      "Properties": {
        "Name": "load",
        "Role": "GlueJobRole",
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3"},
        "WorkerType": "G.1X",
        "NumberOfWorkers": 2
      }
    }
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="5.0")
    def load(run): ...
    ```
    """

    code = "JB009"
    name = "missing-glue-version"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/release-notes.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job without a version."""
        for path, job in walk.jobs(context.project):
            if job.glue_version is None and job.kind in KINDS and job.kind != "pythonshell":
                yield self.finding(
                    f"{shown(job)} does not say which version of Glue it runs on",
                    context.span(*path),
                    help=("give the version, for example `5.0`",),
                )
