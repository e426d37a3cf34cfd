"""QT012 `too-many-ray-workers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

MOST = 50
PER_WORKER = 2


class TooManyRayWorkers(Rule):
    """A Ray job has more workers than an account may run.

    ## What it does

    Reports Ray jobs of more than 25 workers.

    ## Why is this bad

    A worker of type Z.2X is 2 M-DPUs. An account runs 50 of them at once, and AWS does not raise that.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.ray_job(workers=26)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.ray_job(workers=25)
    def load(run): ...
    ```
    """

    code = "QT012"
    name = "too-many-ray-workers"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/general/latest/gr/glue.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each Ray job that can never get its workers."""
        for path, job in walk.jobs(context.project):
            if job.kind == "glueray" and is_above(job.workers, MOST // PER_WORKER):
                needed = (job.workers or 0) * PER_WORKER
                yield self.finding(
                    f"Ray job `{job.name}` needs {needed:,} M-DPUs, and Glue gives an account {MOST}",
                    context.span(*path, "workers"),
                    help=(f"give it {MOST // PER_WORKER} workers at most",),
                )
