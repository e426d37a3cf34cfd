"""JB017 `deprecated-allocated-capacity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job
    from gluedsl.rules.rule import Context
    from gluedsl.rules.words import Words


def _advice(job: Job, words: Words) -> str:
    if job.worker_type is not None or job.workers is not None or job.max_capacity is not None:
        return "leave it out: the job has its size without it"
    fields = ("max_capacity",) if job.kind == "pythonshell" else ("worker_type", "workers")
    return f"give {listed([words.field(JOB, name) for name in fields])}"


class DeprecatedAllocatedCapacity(Rule):
    """A job has an allocated capacity.

    ## What it does

    Reports `AllocatedCapacity`.

    ## Why is this bad

    AWS has replaced it: a Spark job has workers, a Python shell job a maximal capacity.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"AllocatedCapacity": 10})
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

    code = "JB017"
    name = "deprecated-allocated-capacity"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each allocated capacity."""
        for path, job in walk.jobs(context.project):
            if "AllocatedCapacity" in job.extra:
                yield self.finding(
                    f"job `{job.name}` has an `AllocatedCapacity`, which AWS has deprecated",
                    context.span(*path, "extra", "AllocatedCapacity"),
                    help=(_advice(job, context.words),),
                )
