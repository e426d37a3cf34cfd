"""CN007 `unknown-predicate-logic`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

WORDS = ("AND", "ANY")


class UnknownPredicateLogic(Rule):
    """A predicate combines its conditions by another word than AND or ANY.

    ## What it does

    Reports predicates whose `Logical` is neither AND nor ANY.

    ## Why is this bad

    Glue knows AND, all conditions, and ANY, one of them. There is no OR and no NOT.

    ## Example

    In Python, `all_of` and `any_of` are the only words there are. In CloudFormation any can be written:

    ```json
    {
      "Predicate": {
        "Logical": "OR",
        "Conditions": [
          {"JobName": "load", "State": "FAILED", "LogicalOperator": "EQUALS"},
          {"JobName": "load", "State": "TIMEOUT", "LogicalOperator": "EQUALS"}
        ]
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Predicate": {
        "Logical": "ANY",
        "Conditions": [
          {"JobName": "load", "State": "FAILED", "LogicalOperator": "EQUALS"},
          {"JobName": "load", "State": "TIMEOUT", "LogicalOperator": "EQUALS"}
        ]
      }
    }
    ```
    """

    code = "CN007"
    name = "unknown-predicate-logic"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each predicate with a word that Glue does not know."""
        for path, _, trigger in walk.triggers(context.project):
            logical = trigger.predicate.logical if trigger.predicate is not None else None
            if logical is not None and logical not in WORDS:
                yield self.finding(
                    f"trigger `{trigger.name}` combines its conditions by `{logical}`, "
                    f"and Glue knows {choices(WORDS, 'and')}",
                    context.span(*path, "predicate", "logical"),
                    help=("write `AND` for all of them, `ANY` for one of them",),
                )
