"""GR010 `oversized-fan-out`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job
    from gluedsl.rules.rule import Context

MOST = 1_000
DPUS = {"Standard": 1, "G.025X": 0.25, "G.1X": 1, "G.2X": 2, "G.4X": 4, "G.8X": 8, "G.12X": 12, "G.16X": 16}
"""Of one worker; the memory of the `R` types is counted apart."""


def _units(job: Job) -> float:
    is_counted = isinstance(job.workers, int) and job.kind in ("glueetl", "gluestreaming")
    return DPUS.get(job.worker_type or "", 0) * (job.workers or 0) if is_counted else 0


class OversizedFanOut(Rule):
    """A trigger starts more at once than an account may run.

    ## What it does

    Reports triggers whose Spark and streaming jobs together need more than 1,000 DPUs.

    ## Why is this bad

    An account has 1,000 task DPUs in some regions and 500 in others, and AWS raises that on request.
    Jobs beyond it fail when they start.

    ## Example

    ```python
    from gluedsl import SparkJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    for shop in range(20):
        load = SparkJob(f"load-{shop}", script="s3://scripts/load.py", worker_type="G.8X", workers=10)
        sales.add(load)
    ```

    ## Use instead

    ```python
    from gluedsl import SparkJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    for shop in range(20):
        load = SparkJob(f"load-{shop}", script="s3://scripts/load.py", worker_type="G.2X", workers=10)
        sales.add(load)
    ```
    """

    code = "GR010"
    name = "oversized-fan-out"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/general/latest/gr/glue.html"
    also = ("QT009",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger that starts more than a region with the larger quota runs."""
        jobs = {job.name: job for job in context.project.jobs}
        for path, _, trigger in walk.triggers(context.project):
            needed = sum(_units(jobs[a.job_name]) for a in trigger.actions if a.job_name in jobs)
            if needed > MOST:
                yield self.finding(
                    f"trigger `{trigger.name}` starts jobs of {needed:,g} DPUs at once, "
                    f"and Glue gives an account {MOST:,} at most",
                    context.span(*path, "actions"),
                    notes=("the quota is 500 in some regions; AWS raises it on request",),
                    help=("let some of the jobs wait for others, or have fewer workers",),
                )
