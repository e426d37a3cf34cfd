"""TR011 `never-activated-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class NeverActivatedTrigger(Rule):
    """A trigger is created inactive, and stays so.

    ## What it does

    Reports scheduled and conditional triggers of templates without `"StartOnCreation": true`.
    Where a template says `false`, it is a warning: then something else may be meant to activate the trigger.

    ## Why is this bad

    A trigger that is SCHEDULED or CONDITIONAL does nothing before it is activated, and CloudFormation activates
    none by itself. The stack deploys, runs end as COMPLETED, and what the trigger should have started has silently
    never run. Once it is deployed, changing `StartOnCreation` has no effect: the trigger has to be activated by hand,
    or replaced.

    ## Example

    In Python triggers are activated unless `enabled=False` says otherwise. In CloudFormation, and in CDK, they are not:

    ```json
    {
      "Type": "SCHEDULED",
      "Schedule": "cron(0 2 * * ? *)",
      "Actions": [{"JobName": "load"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "SCHEDULED",
      "Schedule": "cron(0 2 * * ? *)",
      "StartOnCreation": true,
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TR011"
    name = "never-activated-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/activate-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger that a template leaves inactive."""
        for fault in context.faults:
            if isinstance(fault, faults.NeverActivated):
                yield self.finding(
                    f"trigger `{fault.trigger}` is not activated, so it never fires",
                    fault.span,
                    notes=(f"a trigger of type `{fault.type}` is created inactive",),
                    help=("write `StartOnCreation: true`",),
                    severity=Severity.WARNING if fault.is_said else None,
                )
