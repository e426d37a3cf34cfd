"""TR003 `shared-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class SharedTrigger(Rule):
    """A trigger belongs to two workflows.

    ## What it does

    Reports a trigger object that is added to a workflow when it is already in one.

    ## Why is this bad

    A Glue trigger belongs to one workflow at most; its definition has room for one workflow name.
    Jobs and crawlers can serve several workflows; what starts them there is a trigger of each.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    returns = Workflow("returns", role="GlueJobRole")


    @orders.python_shell_job
    def load(run): ...


    @orders.python_shell_job
    def publish(run): ...


    after_load = Trigger("after-load", when=load, start=[publish])
    orders.add(after_load)
    returns.add(load)
    returns.add(after_load)
    ```

    ## Use instead

    ```python
    from gluedsl import Trigger, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    returns = Workflow("returns", role="GlueJobRole")


    @orders.python_shell_job
    def load(run): ...


    @orders.python_shell_job
    def publish(run): ...


    orders.add(Trigger("orders-after-load", when=load, start=[publish]))
    returns.add(load)
    returns.add(Trigger("returns-after-load", when=load, start=[publish]))
    ```
    """

    code = "TR003"
    name = "shared-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger object that lowering met a second time."""
        for fault in context.faults:
            if isinstance(fault, faults.SharedTrigger):
                first, second = fault.workflows
                if first == second:
                    message = f"trigger `{fault.trigger}` is added to workflow `{first}` twice"
                    advice = "add it once"
                else:
                    message = f"trigger `{fault.trigger}` belongs to two workflows, `{first}` and `{second}`"
                    advice = f"make a trigger of its own, with another name, for workflow `{second}`"
                yield self.finding(
                    message,
                    fault.spans[1],
                    related=related((fault.spans[0], f"first added to workflow `{first}` here")),
                    help=(advice,),
                )
