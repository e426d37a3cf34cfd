"""WF004 `non-string-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model.faults import NonStringProperty
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class NonStringRunProperty(Rule):
    """A default run property is not a string.

    ## What it does

    Reports default run properties whose key or value Glue has no way to store.

    ## Why is this bad

    Glue stores run properties as strings, and nothing else: numbers, booleans, lists and null are refused.
    A class of `RunProperties` has types, and writes them as strings.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"limit": 500}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        limit: int = 500


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "WF004"
    name = "non-string-run-property"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what lowering could not put among the workflow's properties."""
        for fault in context.faults:
            if isinstance(fault, NonStringProperty):
                yield self.finding(
                    f"run property `{fault.key}` of workflow `{fault.workflow}` is `{fault.value}`, "
                    f"of type `{fault.type_name}`, and Glue stores strings",
                    fault.span,
                    help=("write it as a string, or declare it in a class of `RunProperties`",),
                )
