"""JB011 `unknown-worker-type`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.fitting import WORKER_TYPES, fitting_worker_types
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnknownWorkerType(Rule):
    """A job has a worker type that Glue does not have.

    ## What it does

    Reports worker types that are not in the list of `CreateJob`.

    ## Why is this bad

    Glue refuses the job.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.3X", workers=5)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.4X", workers=5)
    def load(run): ...
    ```
    """

    code = "JB011"
    name = "unknown-worker-type"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job of an unknown size; a Python shell job has no worker type at all (JB015)."""
        for path, job in walk.jobs(context.project):
            if job.worker_type is not None and job.worker_type not in WORKER_TYPES and job.kind != "pythonshell":
                fit = fitting_worker_types(job)
                yield self.finding(
                    f"job `{job.name}` has worker type `{job.worker_type}`, which Glue does not have",
                    context.span(*path, "worker_type"),
                    help=(*did_you_mean(job.worker_type, fit, likeness=0.8), f"write {choices(fit)}"),
                )
