"""TR010 `activated-event-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ActivatedEventTrigger(Rule):
    """An event trigger is to be activated when it is created.

    ## What it does

    Reports triggers of type EVENT with `StartOnCreation`.

    ## Why is this bad

    `StartOnCreation` starts triggers that are SCHEDULED or CONDITIONAL, and no others.
    An event trigger waits for events as soon as it is there, and Glue answers an attempt to start it with an error.

    ## Example

    In Python an event trigger has no such setting. In CloudFormation it can be written:

    ```json
    {
      "Type": "EVENT",
      "StartOnCreation": true,
      "Actions": [{"JobName": "load"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "EVENT",
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TR010"
    name = "activated-event-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each event trigger that a template activates."""
        for fault in context.faults:
            if isinstance(fault, faults.StartedAtCreation) and fault.type == "EVENT":
                yield self.finding(
                    f"trigger `{fault.trigger}` is on events, which cannot be activated on creation",
                    fault.span,
                    help=("leave it out: the trigger waits for events as it is",),
                )
