"""TR004 `unknown-trigger-type`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class UnknownTriggerType(ApiRule):
    """A trigger is of a type that Glue does not have.

    ## What it does

    Reports types of triggers that are not in the list of `CreateTrigger`.

    ## Why is this bad

    Glue knows triggers that are SCHEDULED, CONDITIONAL, ON_DEMAND and EVENT, spelled like that, and refuses others.

    ## Example

    In Python the type of a trigger follows from what starts it. In CloudFormation any can be written:

    ```json
    {
      "Type": "ONDEMAND",
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

    code = "TR004"
    name = "unknown-trigger-type"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"
