"""TR002 `duplicate-trigger-name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.model.faults import SharedTrigger
from gluedsl.rules.duplicates import derives_from_repeated_workflow, repeated
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class DuplicateTriggerName(Rule):
    """Two triggers have the same name.

    ## What it does

    Reports each trigger whose name an earlier trigger already has, in the same workflow or in another.

    ## Why is this bad

    A trigger's name is unique in an AWS account and region, not only in its workflow:
    Glue refuses the second with `AlreadyExistsException`.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")


    @orders.python_shell_job
    def load_orders(run): ...


    @orders.python_shell_job
    def publish_orders(run): ...


    @customers.python_shell_job
    def load_customers(run): ...


    @customers.python_shell_job
    def publish_customers(run): ...


    orders.add(Trigger("after-load", when=load_orders, start=[publish_orders]))
    customers.add(Trigger("after-load", when=load_customers, start=[publish_customers]))
    ```

    ## Use instead

    ```python
    from gluedsl import Trigger, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")


    @orders.python_shell_job
    def load_orders(run): ...


    @orders.python_shell_job
    def publish_orders(run): ...


    @customers.python_shell_job
    def load_customers(run): ...


    @customers.python_shell_job
    def publish_customers(run): ...


    orders.add(Trigger("orders-after-load", when=load_orders, start=[publish_orders]))
    customers.add(Trigger("customers-after-load", when=load_customers, start=[publish_customers]))
    ```
    """

    code = "TR002"
    name = "duplicate-trigger-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger whose name is taken."""
        project = context.project
        shared = {fault.trigger for fault in context.faults if isinstance(fault, SharedTrigger)}
        for first, path, name in repeated((path, trigger.name) for path, _, trigger in walk.triggers(project)):
            if name not in shared and (first[:2] == path[:2] or not derives_from_repeated_workflow(name, project)):
                yield self.finding(
                    f"trigger `{name}` is defined twice",
                    context.span(*path, "name"),
                    related=related((context.span(*first, "name"), "first defined here")),
                    help=("give one of the two another name: trigger names are unique across workflows",),
                )
