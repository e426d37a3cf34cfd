"""TR006 `trigger-of-undefined-workflow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class TriggerOfUndefinedWorkflow(Rule):
    """A trigger is put into a workflow that the template does not define.

    ## What it does

    Reports triggers that name a workflow as a text, where the template defines workflows and none of that name.
    It is a warning where the name is near to one of these, and else worth a word.

    ## Why is this bad

    Glue refuses a trigger of a workflow that is not there. A name that is spelled in two ways is two names;
    a reference is not, and tells CloudFormation to make the workflow first.
    Templates that define no workflow at all put their triggers into others on purpose, and are not asked.

    ## Example

    In Python a trigger is added to its workflow, so this cannot be written. In CloudFormation it can:

    ```json
    {
      "Resources": {
        "Sales": {"Type": "AWS::Glue::Workflow", "Properties": {"Name": "nightly-sales"}},
        "Start": {
          "Type": "AWS::Glue::Trigger",
          "Properties": {"WorkflowName": "nightly-sale", "Type": "ON_DEMAND", "Actions": [{"JobName": "load"}]}
        }
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Resources": {
        "Sales": {"Type": "AWS::Glue::Workflow", "Properties": {"Name": "nightly-sales"}},
        "Start": {
          "Type": "AWS::Glue::Trigger",
          "Properties": {"WorkflowName": {"Ref": "Sales"}, "Type": "ON_DEMAND", "Actions": [{"JobName": "load"}]}
        }
      }
    }
    ```
    """

    code = "TR006"
    name = "trigger-of-undefined-workflow"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger of a workflow that nothing defines."""
        for fault in context.faults:
            if isinstance(fault, faults.UnknownWorkflow):
                near = did_you_mean(fault.workflow, fault.known)
                yield self.finding(
                    f"trigger `{fault.trigger}` is put into workflow `{fault.workflow}`, which is not defined here",
                    fault.span,
                    help=(*near, "refer to the workflow by `Ref`"),
                    severity=None if near else Severity.INFO,
                )
