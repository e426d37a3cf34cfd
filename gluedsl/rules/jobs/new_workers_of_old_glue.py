"""JB021 `new-workers-of-old-glue`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.fitting import SINCE_4
from gluedsl.rules.jobs.kinds import SPARK
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class NewWorkersOfOldGlue(Rule):
    """A job has workers that its version of Glue does not have.

    ## What it does

    Reports worker types G.12X, G.16X and R.1X to R.8X on a Glue before 4.0.

    ## Why is this bad

    Glue refuses the job.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="R.2X", workers=4, glue_version="3.0")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="R.2X", workers=4, glue_version="5.0")
    def load(run): ...
    ```
    """

    code = "JB021"
    name = "new-workers-of-old-glue"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job whose workers came later than its version."""
        for path, job in walk.jobs(context.project):
            if job.worker_type in SINCE_4 and job.kind in SPARK and job.glue_version == "3.0":
                yield self.finding(
                    f"job `{job.name}` has worker type `{job.worker_type}` on Glue 3.0, which Glue has from 4.0 on",
                    context.span(*path, "worker_type"),
                    help=(f"give {context.words.field(JOB, 'glue_version')} `4.0` or later",),
                )
