"""JB028 `impossible-run-queuing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ImpossibleRunQueuing(Rule):
    """A job's runs are to queue, and cannot.

    ## What it does

    Reports job run queuing together with retries, or with execution class FLEX.

    ## Why is this bad

    Glue queues the runs of jobs that have neither.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(job_run_queuing_enabled=True, max_retries=1)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(job_run_queuing_enabled=True)
    def load(run): ...
    ```
    """

    code = "JB028"
    name = "impossible-run-queuing"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_glue.CfnJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job that has queuing beside what excludes it."""
        for path, job in walk.jobs(context.project):
            if job.job_run_queuing_enabled is not True:
                continue
            queuing = (context.span(*path, "job_run_queuing_enabled"), "queuing is enabled here")
            if job.max_retries:
                yield self.finding(
                    f"job `{job.name}` queues its runs, and has retries as well",
                    context.span(*path, "max_retries"),
                    related=related(queuing),
                    help=("leave out one of the two",),
                )
            if job.execution_class == "FLEX":
                yield self.finding(
                    f"job `{job.name}` queues its runs, and is of execution class `FLEX`",
                    context.span(*path, "execution_class"),
                    related=related(queuing),
                    help=("leave out one of the two",),
                )
