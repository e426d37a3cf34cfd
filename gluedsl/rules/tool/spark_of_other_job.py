"""TL020 `spark-of-other-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class SparkOfOtherJob(Rule):
    """A function job that is no Spark job asks its run for Spark.

    ## What it does

    Reports `run.spark` in the function of a Python shell or Ray job.

    ## Why is this bad

    The session is made with `pyspark`, which the workers of Spark jobs alone have. Elsewhere the job fails.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print(run.spark.range(3).count())
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job
    def load(run):
        print(run.spark.range(3).count())
    ```
    """

    code = "TL020"
    name = "spark-of-other-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each function that lowering found to ask for Spark."""
        for fault in context.faults:
            if isinstance(fault, faults.SparkOfOtherJob):
                yield self.finding(
                    f"job `{fault.job}` asks for `run.spark`, and a job of kind `{fault.kind}` has no Spark",
                    fault.span,
                    help=("make it a Spark job: `@workflow.spark_job`",),
                )
