"""JB019 `streaming-workers-of-other-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.kinds import shown
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class StreamingWorkersOfOtherJob(Rule):
    """A job that does not stream has workers of type G.025X.

    ## What it does

    Reports Spark jobs of worker type G.025X.

    ## Why is this bad

    A quarter of a DPU is for streaming jobs of low volume. Glue refuses it for others.

    ## Example

    In Python the types refuse it. In CloudFormation it can be written:

    ```json
    {
      "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3"},
      "GlueVersion": "5.0",
      "WorkerType": "G.025X",
      "NumberOfWorkers": 2
    }
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job(worker_type="G.025X", workers=2)
    def load(run): ...
    ```
    """

    code = "JB019"
    name = "streaming-workers-of-other-job"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each Spark job of these workers; JB015 and JB022 look at the other kinds."""
        for path, job in walk.jobs(context.project):
            if job.worker_type == "G.025X" and job.kind == "glueetl":
                yield self.finding(
                    f"{shown(job)} has worker type `G.025X`, which is for streaming jobs",
                    context.span(*path, "worker_type"),
                    help=("the smallest of a Spark job is `G.1X`",),
                )
