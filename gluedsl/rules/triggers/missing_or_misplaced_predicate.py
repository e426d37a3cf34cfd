"""TR014 `missing-or-misplaced-predicate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OTHERS = ("ON_DEMAND", "SCHEDULED", "EVENT")


class MissingOrMisplacedPredicate(Rule):
    """A conditional trigger has no predicate, or another trigger has one.

    ## What it does

    Reports CONDITIONAL triggers without a predicate; and, as a warning, predicates of triggers of other types.

    ## Why is this bad

    A conditional trigger fires when its predicate holds; without one it would never fire, and Glue asks for it.
    A trigger of another type never looks at a predicate, yet Glue may refuse the trigger because of it.

    ## Example

    In Python only what waits for something is conditional. In CloudFormation the predicate can be left out:

    ```json
    {
      "Type": "CONDITIONAL",
      "StartOnCreation": true,
      "Actions": [{"JobName": "publish"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "CONDITIONAL",
      "StartOnCreation": true,
      "Predicate": {"Conditions": [{"LogicalOperator": "EQUALS", "JobName": "load", "State": "SUCCEEDED"}]},
      "Actions": [{"JobName": "publish"}]
    }
    ```
    """

    code = "TR014"
    name = "missing-or-misplaced-predicate"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger whose type and predicate do not go together."""
        for path, _, trigger in walk.triggers(context.project):
            if trigger.type == "CONDITIONAL" and trigger.predicate is None:
                yield self.finding(
                    f"trigger `{trigger.name}` is conditional, and has no predicate",
                    context.span(*path, "predicate"),
                    help=("name what it waits for, or let the start trigger start its jobs and crawlers",),
                )
            elif trigger.type in OTHERS and trigger.predicate is not None:
                yield self.finding(
                    f"trigger `{trigger.name}` has a predicate, and is of type `{trigger.type}`",
                    context.span(*path, "predicate"),
                    help=("leave it out, or let the trigger be of type `CONDITIONAL`",),
                    severity=Severity.WARNING,
                )
