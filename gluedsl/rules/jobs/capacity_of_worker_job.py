"""JB014 `capacity-of-worker-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted, listed
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KINDS = {"glueetl": "Spark", "gluestreaming": "streaming", "glueray": "Ray"}
RETIRED = ("0.9", "1.0")


class CapacityOfWorkerJob(Rule):
    """A job that runs on workers has a capacity instead.

    ## What it does

    Reports Spark, streaming and Ray jobs whose size is a capacity in DPUs.

    ## Why is this bad

    Since Glue 2.0 the size of these jobs is a number of workers of one type, and a capacity is refused.
    Only Python shell jobs have one, and the retired versions 0.9 and 1.0.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"MaxCapacity": 10.0})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.1X", workers=10)
    def load(run): ...
    ```
    """

    code = "JB014"
    name = "capacity-of-worker-job"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job with a capacity and nothing else; with workers as well, JB013 says so."""
        for path, job in walk.jobs(context.project):
            kind = KINDS.get(job.kind)
            if kind is None or job.max_capacity is None or job.glue_version in RETIRED:
                continue
            if job.worker_type is None and job.workers is None:
                workers = listed([context.words.field(JOB, name) for name in ("worker_type", "workers")])
                yield self.finding(
                    f"job `{job.name}` is a {kind} job, which runs on workers, "
                    f"and has a capacity of {counted(job.max_capacity, 'DPU')}",
                    context.span(*path, "max_capacity"),
                    help=(f"give {workers} instead",),
                )
