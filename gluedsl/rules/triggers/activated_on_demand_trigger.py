"""TR009 `activated-on-demand-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ActivatedOnDemandTrigger(Rule):
    """A trigger on demand is to be activated when it is created.

    ## What it does

    Reports triggers of type ON_DEMAND with `StartOnCreation`.

    ## Why is this bad

    A trigger on demand is never active: it fires when it is started, and starts a run.
    Glue does not take `StartOnCreation` for one.

    ## Example

    In Python an on-demand trigger has no such setting. In CloudFormation it can be written:

    ```json
    {
      "Type": "ON_DEMAND",
      "StartOnCreation": true,
      "Actions": [{"JobName": "load"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "ON_DEMAND",
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TR009"
    name = "activated-on-demand-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger on demand that a template activates."""
        for fault in context.faults:
            if isinstance(fault, faults.StartedAtCreation) and fault.type == "ON_DEMAND":
                yield self.finding(
                    f"trigger `{fault.trigger}` is on demand, which cannot be activated on creation",
                    fault.span,
                    help=("leave it out: the trigger fires when a run of its workflow is started",),
                )
