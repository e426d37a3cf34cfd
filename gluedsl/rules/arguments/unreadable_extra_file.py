"""AR009 `unreadable-extra-file`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.s3 import s3_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KEYS = ("--extra-py-files", "--extra-jars", "--extra-files")


def _fault(listed: str) -> str:
    if listed != listed.strip() or ", " in listed or " ," in listed:
        return "has a space beside a comma, or at an end"
    for uri in listed.split(","):
        fault = s3_fault(uri, needs_key=True)
        if fault:
            return f"has `{uri}`, which {fault}" if uri else "has an empty entry"
    return ""


class UnreadableExtraFile(Rule):
    """A job's extra files are nowhere in S3, or their list has spaces.

    ## What it does

    Reports `--extra-py-files`, `--extra-jars` and `--extra-files` that are not S3 URIs of files joined by commas.

    ## Why is this bad

    Glue copies the files when the job starts. With a path that it cannot read, the job fails.
    Files beside the flow are named in `libraries`, and uploaded.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--extra-jars": "jars/orders.jar"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--extra-jars": "s3://libraries/orders.jar"})
    def load(run): ...
    ```
    """

    code = "AR009"
    name = "unreadable-extra-file"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each list that Glue cannot read."""
        for one in context.given:
            for key in KEYS:
                if not is_settled(one.arguments.get(key)):
                    continue
                fault = _fault(one.arguments[key])
                if fault:
                    yield self.finding(
                        f"`{key}` of {one.owner} {fault}",
                        context.span(*one.path, key),
                        help=("write `s3://` URIs with commas between them, and no spaces",),
                    )
