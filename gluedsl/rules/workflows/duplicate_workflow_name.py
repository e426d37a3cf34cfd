"""WF002 `duplicate-workflow-name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.duplicates import repeated
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class DuplicateWorkflowName(Rule):
    """Two workflows have the same name.

    ## What it does

    Reports each workflow whose name an earlier workflow of the project already has.

    ## Why is this bad

    A workflow's name is unique in an AWS account and region: Glue refuses the second with `AlreadyExistsException`.

    ## Example

    ```python
    from gluedsl import Workflow

    orders = Workflow("nightly", role="GlueJobRole")
    customers = Workflow("nightly", role="GlueJobRole")


    @orders.python_shell_job
    def load_orders(run): ...


    @customers.python_shell_job
    def load_customers(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    orders = Workflow("nightly-orders", role="GlueJobRole")
    customers = Workflow("nightly-customers", role="GlueJobRole")


    @orders.python_shell_job
    def load_orders(run): ...


    @customers.python_shell_job
    def load_customers(run): ...
    ```
    """

    code = "WF002"
    name = "duplicate-workflow-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow whose name is taken."""
        for first, path, name in repeated((path, workflow.name) for path, workflow in walk.workflows(context.project)):
            yield self.finding(
                f"workflow `{name}` is defined twice",
                context.span(*path, "name"),
                related=related((context.span(*first, "name"), "first defined here")),
                help=("give one of the two another name",),
            )
