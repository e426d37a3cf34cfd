"""JB029 `impossible-execution-class`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.fitting import OF_FLEX, OF_SPARK
from gluedsl.rules.jobs.kinds import KINDS, shown
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ImpossibleExecutionClass(ApiRule):
    """A job is of an execution class that it cannot have.

    ## What it does

    Reports unknown execution classes, and FLEX on jobs that are no Spark jobs, or of other workers than G.1X and G.2X.

    ## Why is this bad

    FLEX runs Spark jobs on spare capacity, which Glue has in workers of these two types.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(execution_class="FLEX", worker_type="G.4X", workers=2)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(execution_class="FLEX", worker_type="G.2X", workers=2)
    def load(run): ...
    ```
    """

    code = "JB029"
    name = "impossible-execution-class"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws/aws-cdk/issues/26203"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each class that Glue does not have, or not for this job."""
        yield from super().check(context)
        for path, job in walk.jobs(context.project):
            if job.execution_class != "FLEX":
                continue
            if job.kind in KINDS and job.kind != "glueetl":
                fault = "is for Spark jobs"
            elif job.worker_type in OF_SPARK and job.worker_type not in OF_FLEX:
                fault = f"does not run on worker type `{job.worker_type}`"
            else:
                continue
            yield self.finding(
                f"{shown(job)} is of execution class `FLEX`, which {fault}",
                context.span(*path, "execution_class"),
                help=(f"give it worker type {choices(OF_FLEX)}, or leave the class out",)
                if job.kind == "glueetl"
                else ("leave it out",),
            )
