"""CN006 `unjoined-conditions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnjoinedConditions(Rule):
    """A predicate has several conditions, and does not say how they are joined.

    ## What it does

    Reports predicates with two conditions or more and without `Logical`.

    ## Why is this bad

    One condition needs no word that joins it to others. Several do: Glue does not guess whether it is to wait for all
    of them or for any.

    ## Example

    In Python, `all_of` and `any_of` join conditions. In CloudFormation the word can be left out:

    ```json
    {
      "Predicate": {
        "Conditions": [
          {"LogicalOperator": "EQUALS", "JobName": "load", "State": "FAILED"},
          {"LogicalOperator": "EQUALS", "CrawlerName": "sales-catalog", "CrawlState": "FAILED"}
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
          {"LogicalOperator": "EQUALS", "JobName": "load", "State": "FAILED"},
          {"LogicalOperator": "EQUALS", "CrawlerName": "sales-catalog", "CrawlState": "FAILED"}
        ]
      }
    }
    ```
    """

    code = "CN006"
    name = "unjoined-conditions"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each predicate whose conditions nothing joins."""
        for path, _, trigger in walk.triggers(context.project):
            predicate = trigger.predicate
            if predicate is not None and len(predicate.conditions) > 1 and predicate.logical is None:
                yield self.finding(
                    f"trigger `{trigger.name}` has {len(predicate.conditions)} conditions and no word that joins them",
                    context.span(*path, "predicate", "logical"),
                    help=("write `AND` to wait for all of them, `ANY` to wait for one of them",),
                )
