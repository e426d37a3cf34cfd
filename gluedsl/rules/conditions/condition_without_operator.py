"""CN003 `condition-without-operator`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OPERATOR = "EQUALS"


class ConditionWithoutOperator(Rule):
    """A condition does not say that its state is to be equal.

    ## What it does

    Reports conditions whose `LogicalOperator` is missing, or is anything but `EQUALS`.

    ## Why is this bad

    CloudFormation's schema has the operator as optional, and Glue refuses a condition without it:
    "Logical operator cannot be null or empty". There is one operator, `EQUALS`.

    ## Example

    In Python every condition has its operator. In CloudFormation it can be left out:

    ```json
    {
      "Conditions": [{"JobName": "load", "State": "SUCCEEDED"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Conditions": [{"LogicalOperator": "EQUALS", "JobName": "load", "State": "SUCCEEDED"}]
    }
    ```
    """

    code = "CN003"
    name = "condition-without-operator"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws/aws-cdk/issues/34652"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition without the operator that there is."""
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                operator = condition.logical_operator
                if operator != OPERATOR:
                    what = f"the operator `{operator}`, and Glue knows `{OPERATOR}`" if operator else "no operator"
                    yield self.finding(
                        f"a condition of trigger `{trigger.name}` has {what}",
                        context.span(*place, "logical_operator"),
                        help=(f"give it the operator `{OPERATOR}`",),
                    )
