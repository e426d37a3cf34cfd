"""JB018 `worker-count-out-of-range`."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMITS = {"G.1X": (2, 299), "G.2X": (1, 149)}
"""AWS does not say what the least of the other types is."""


class WorkerCountOutOfRange(Rule):
    """A job has too many or too few workers.

    ## What it does

    Reports jobs of G.1X with other than 2 to 299 workers, of G.2X with more than 149, and any job with none.

    ## Why is this bad

    To one worker of G.1X Glue answers "minimum allowed value of Number of Workers is 2".

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.1X", workers=1)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(worker_type="G.1X", workers=2)
    def load(run): ...
    ```
    """

    code = "JB018"
    name = "worker-count-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws-samples/cql-replicator/issues/181"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each number of workers that a type does not allow; a Python shell job has none (JB015)."""
        for path, job in walk.jobs(context.project):
            least, most = LIMITS.get(job.worker_type or "", (1, inf))
            if job.kind != "pythonshell" and is_outside(job.workers, least, most):
                allowed = f"{least} to {most:g}" if most < inf else f"{least} or more"
                of_type = f" of type `{job.worker_type}`" if job.worker_type else ""
                yield self.finding(
                    f"job `{job.name}` has {counted(job.workers or 0, 'worker')}{of_type}, and Glue allows {allowed}",
                    context.span(*path, "workers"),
                )
