"""TL002 `unknown-api-field`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model.faults import UnknownField
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnknownApiField(Rule):
    """A key of `extra` is no member of the API.

    ## What it does

    Reports keys of `extra` that the operation which creates the resource does not take;
    and in templates, properties that the resource type does not have.

    ## Why is this bad

    What `extra` holds is sent to AWS as it is. A misspelt member would be refused there, after half of a deployment.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(extra={"JobModes": "SCRIPT"})
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

    code = "TL002"
    name = "unknown-api-field"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each key that lowering did not find in the API's shape."""
        for fault in context.faults:
            if isinstance(fault, UnknownField):
                near = (f"did you mean `{fault.suggestions[0]}`?",) if fault.suggestions else ()
                if fault.operation.startswith("AWS::"):
                    message = f"{fault.resource} has `{fault.field}`, which `{fault.operation}` does not have"
                    yield self.finding(message, fault.span, help=near)
                    continue
                yield self.finding(
                    f"`extra` of {fault.resource} has `{fault.field}`, which `{fault.operation}` does not take",
                    fault.span,
                    help=(*near, f"see the request of `{fault.operation}` in the API reference"),
                )
