"""JB032 `invalid-job-mode`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidJobMode(ApiRule):
    """A job's mode is none, or lacks what it needs.

    ## What it does

    Reports unknown job modes, and, as doubtful, visual jobs without their nodes.

    ## Why is this bad

    Glue refuses a mode that it does not have. What a visual job shows are its `CodeGenConfigurationNodes`.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"JobMode": "GRAPHICAL"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"JobMode": "SCRIPT"})
    def load(run): ...
    ```
    """

    code = "JB032"
    name = "invalid-job-mode"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each mode that Glue does not have, and each visual job with nothing to show."""
        yield from super().check(context)
        for path, job in walk.jobs(context.project):
            if job.extra.get("JobMode") == "VISUAL" and not job.extra.get("CodeGenConfigurationNodes"):
                yield self.finding(
                    f"job `{job.name}` is of mode `VISUAL`, and has no `CodeGenConfigurationNodes`",
                    context.span(*path, "extra", "JobMode"),
                    help=("write `SCRIPT`",),
                    severity=Severity.WARNING,
                )
