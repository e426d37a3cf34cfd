"""JB040 `reserved-log-uri`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ReservedLogUri(Rule):
    """A job has a `LogUri`, which does nothing.

    ## What it does

    Reports `LogUri`, as an information.

    ## Why is this bad

    The API keeps the field for the future. Logs go to CloudWatch.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"LogUri": "s3://logs/"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--enable-continuous-cloudwatch-log": "true"})
    def load(run): ...
    ```
    """

    code = "JB040"
    name = "reserved-log-uri"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each field that Glue does not heed."""
        for path, job in walk.jobs(context.project):
            if "LogUri" in job.extra:
                yield self.finding(
                    f"job `{job.name}` has a `LogUri`, which Glue keeps for the future and ignores",
                    context.span(*path, "extra", "LogUri"),
                    help=("leave it out",),
                )
