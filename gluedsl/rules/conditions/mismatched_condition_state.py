"""CN002 `mismatched-condition-state`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_FIELDS = ("state", "crawl_state")
_SHOWN = {"state": "a job state", "crawl_state": "a crawl state"}


class MismatchedConditionState(Rule):
    """A condition gives a job's state for a crawler, or a crawler's for a job.

    ## What it does

    Reports conditions without the kind of state that goes with what they watch.

    ## Why is this bad

    A condition on a job has `State`, one on a crawler has `CrawlState`. With the other one Glue answers
    "State cannot be null or empty, choose from one of the following crawler state: [SUCCEEDED, FAILED, CANCELLED]".

    ## Example

    In Python, outcomes belong to their job or crawler, so this cannot be written. In CloudFormation it can:

    ```json
    {
      "Conditions": [{"CrawlerName": "sales-catalog", "State": "SUCCEEDED", "LogicalOperator": "EQUALS"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Conditions": [{"CrawlerName": "sales-catalog", "CrawlState": "SUCCEEDED", "LogicalOperator": "EQUALS"}]
    }
    ```
    """

    code = "CN002"
    name = "mismatched-condition-state"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/aws/aws-cdk/issues/24575"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition that has not exactly the state it should have."""
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                node = condition_node(condition)
                if node is None:
                    continue
                own, other = _FIELDS if node.type == "JOB" else reversed(_FIELDS)
                has_own, has_other = (getattr(condition, field) is not None for field in (own, other))
                if has_own and not has_other:
                    continue
                how = f"by {_SHOWN[own]} and {_SHOWN[other]}" if has_own else f"by {_SHOWN[other]}"
                yield self.finding(
                    f"trigger `{trigger.name}` watches {node} {how if has_other else 'without a state'}",
                    context.span(*place, *([other] if has_other else [])),
                    help=(f"give {_SHOWN[own]}, and nothing else",),
                )
