"""JB024 `timeout-of-streaming-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class TimeoutOfStreamingJob(Rule):
    """A streaming job has a timeout.

    ## What it does

    Reports timeouts of streaming jobs.

    ## Why is this bad

    A streaming job runs until it is stopped; Glue restarts it after seven days, or in its maintenance window.
    At a timeout it ends, and nothing starts it again.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job(timeout_minutes=600)
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

    code = "JB024"
    name = "timeout-of-streaming-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/glue-streaming-maintenance.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each streaming job that ends by the clock."""
        for path, job in walk.jobs(context.project):
            if job.kind == "gluestreaming" and job.timeout_minutes is not None:
                window = context.words.field(JOB, "maintenance_window")
                yield self.finding(
                    f"streaming job `{job.name}` ends after {counted(job.timeout_minutes, 'minute')}, "
                    "and is not restarted",
                    context.span(*path, "timeout_minutes"),
                    help=(f"leave the timeout out; {window} says when Glue may restart the job",),
                )
