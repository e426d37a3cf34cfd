"""JB012 `incomplete-worker-settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class IncompleteWorkerSettings(Rule):
    """A job has a worker type without a number of workers, or the reverse.

    ## What it does

    Reports jobs that give one of the two and not the other.

    ## Why is this bad

    Glue answers "Please set both Worker Type and Number of Workers."

    ## Example

    In Python both have defaults, so this cannot be written. In CloudFormation it can:

    ```json
    {
      "Type": "AWS::Glue::Job",
      "Properties": {
        "Name": "load",
        "Role": "GlueJobRole",
        "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3"},
        "GlueVersion": "5.0",
        "WorkerType": "G.2X"
      }
    }
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.2X", workers=2)
    def load(run): ...
    ```
    """

    code = "JB012"
    name = "incomplete-worker-settings"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws/aws-cdk/issues/26241"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job with half a size, unless a capacity (JB013) or its kind (JB015) is what is wrong with it."""
        for path, job in walk.jobs(context.project):
            if job.kind == "pythonshell" or job.max_capacity is not None:
                continue
            if job.worker_type is not None and job.workers is None:
                yield self.finding(
                    f"job `{job.name}` has worker type `{job.worker_type}` and no number of workers",
                    context.span(*path, "worker_type"),
                    help=("give the number of workers as well",),
                )
            elif job.workers is not None and job.worker_type is None:
                yield self.finding(
                    f"job `{job.name}` has {counted(job.workers, 'worker')} and no worker type",
                    context.span(*path, "workers"),
                    help=("give the worker type as well",),
                )
