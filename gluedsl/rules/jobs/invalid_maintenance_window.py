"""JB025 `invalid-maintenance-window`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.kinds import KINDS, shown
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidMaintenanceWindow(ApiRule):
    """A job's maintenance window is none, or is of a job that does not stream.

    ## What it does

    Reports windows that are not a day and an hour, and, as doubtful, windows of jobs that Glue never restarts.

    ## Why is this bad

    Glue refuses what is not of the form `Sun:3`. It restarts streaming jobs only.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job(maintenance_window="Sunday:3")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job(maintenance_window="Sun:3")
    def load(run): ...
    ```
    """

    code = "JB025"
    name = "invalid-maintenance-window"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/glue-streaming-maintenance.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each window that cannot be read, or is of no use."""
        yield from super().check(context)
        for path, job in walk.jobs(context.project):
            if job.maintenance_window is not None and job.kind in KINDS and job.kind != "gluestreaming":
                yield self.finding(
                    f"{shown(job)} has a maintenance window, which is for streaming jobs",
                    context.span(*path, "maintenance_window"),
                    help=("leave it out",),
                    severity=Severity.WARNING,
                )
