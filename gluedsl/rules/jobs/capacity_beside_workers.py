"""JB013 `capacity-beside-workers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class CapacityBesideWorkers(Rule):
    """A job has a capacity and workers as well.

    ## What it does

    Reports jobs whose size is given in both of the ways that exclude each other.

    ## Why is this bad

    The size of a job is either a number of workers of one type, or a capacity in DPUs. Glue refuses both together.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.1X", workers=10, extra={"MaxCapacity": 10.0})
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

    code = "JB013"
    name = "capacity-beside-workers"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job with two sizes; a Python shell job has no workers at all (JB015)."""
        for path, job in walk.jobs(context.project):
            field = "worker_type" if job.worker_type is not None else "workers"
            if job.kind != "pythonshell" and job.max_capacity is not None and getattr(job, field) is not None:
                yield self.finding(
                    f"job `{job.name}` has a capacity of {counted(job.max_capacity, 'DPU')} beside its workers",
                    context.span(*path, "max_capacity"),
                    related=related((context.span(*path, field), "workers are given here")),
                    help=("leave the capacity out",),
                )
