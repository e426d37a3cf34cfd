"""AR007 `unknown-datalake-format`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KEY = "--datalake-formats"
FORMATS = ("hudi", "delta", "iceberg")


class UnknownDatalakeFormat(Rule):
    """A job asks for a table format that Glue does not bring along.

    ## What it does

    Reports `--datalake-formats` with other names than `hudi`, `delta` and `iceberg`.

    ## Why is this bad

    Glue adds the libraries of the formats that the argument names. With an unknown name the job fails when it starts.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--datalake-formats": "delta,parquet"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--datalake-formats": "delta,iceberg"})
    def load(run): ...
    ```
    """

    code = "AR007"
    name = "unknown-datalake-format"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each format that Glue does not know."""
        for one in context.given:
            value = one.arguments.get(KEY)
            if not is_settled(value):
                continue
            for name in one.arguments[KEY].split(","):
                if name.strip() not in FORMATS:
                    yield self.finding(
                        f"{one.owner} asks for data lake format `{name.strip()}`, which Glue does not have",
                        context.span(*one.path, KEY),
                        help=(*did_you_mean(name, FORMATS), f"Glue has {choices(FORMATS)}"),
                    )
