"""AR010 `auto-scaling-of-unfit-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.jobs.kinds import KINDS, SPARK
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KEY = "--enable-auto-scaling"


class AutoScalingOfUnfitJob(Rule):
    """A job is to scale by itself, and cannot.

    ## What it does

    Reports `--enable-auto-scaling` on Python shell and Ray jobs, and on workers of type Standard.

    ## Why is this bad

    Glue adds and removes workers of Spark and streaming jobs with worker types of the `G` and `R` families.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--enable-auto-scaling": "true"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(workers=20, arguments={"--enable-auto-scaling": "true"})
    def load(run): ...
    ```
    """

    code = "AR010"
    name = "auto-scaling-of-unfit-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/auto-scaling.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job that keeps its size."""
        for one in context.given:
            if one.job is None or one.arguments.get(KEY) != "true":
                continue
            if one.job.kind not in SPARK and one.job.kind in KINDS:
                fault = f"is a {KINDS[one.job.kind]} job"
            elif one.job.worker_type == "Standard":
                fault = "has worker type `Standard`"
            else:
                continue
            yield self.finding(
                f"{one.owner} has `{KEY}`, and {fault}, which does not scale",
                context.span(*one.path, KEY),
                help=("leave it out",),
            )
