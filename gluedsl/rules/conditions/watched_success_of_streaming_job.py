"""CN020 `watched-success-of-streaming-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class WatchedSuccessOfStreamingJob(Rule):
    """A trigger waits for the success of a job that does not end.

    ## What it does

    Reports conditions on the success of a streaming job.

    ## Why is this bad

    A streaming job runs until somebody stops it, or it fails. What waits for its success waits for ever.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job
    def load(run): ...


    @sales.python_shell_job(after=load)
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job
    def load(run): ...


    @sales.python_shell_job(after=load.stopped)
    def publish(run): ...
    ```
    """

    code = "CN020"
    name = "watched-success-of-streaming-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/glue-streaming-maintenance.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition on a success that does not come."""
        streaming = {job.name for _, job in walk.jobs(context.project) if job.kind == "gluestreaming"}
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                if condition.job_name in streaming and condition.state == "SUCCEEDED":
                    yield self.finding(
                        f"trigger `{trigger.name}` waits for streaming job `{condition.job_name}` to succeed, "
                        "and a streaming job does not end by itself",
                        context.span(*place),
                        help=("let both begin together, or wait for it to be stopped",),
                    )
