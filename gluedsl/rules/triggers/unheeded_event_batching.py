"""TR015 `unheeded-event-batching`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

TYPES = ("ON_DEMAND", "SCHEDULED", "CONDITIONAL")


class UnheededEventBatching(Rule):
    """A trigger that waits for no events says how many of them make a batch.

    ## What it does

    Reports batches of triggers of another type than EVENT.

    ## Why is this bad

    Only a trigger on events has batches. Others are started all the same.

    ## Example

    In Python only `on_event` has a batch. In CloudFormation it can be written:

    ```json
    {
      "Type": "ON_DEMAND",
      "EventBatchingCondition": {"BatchSize": 10},
      "Actions": [{"JobName": "load"}]
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "EVENT",
      "EventBatchingCondition": {"BatchSize": 10},
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TR015"
    name = "unheeded-event-batching"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each batch that nothing fills."""
        for path, _, trigger in walk.triggers(context.project):
            if trigger.event_batching is not None and trigger.type in TYPES:
                yield self.finding(
                    f"trigger `{trigger.name}` has a batch of events, and is of type `{trigger.type}`",
                    context.span(*path, "event_batching"),
                    help=("leave it out, or let the trigger be of type `EVENT`",),
                )
