"""EV002 `batch-window-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 900


class BatchWindowOutOfRange(Rule):
    """An EVENT trigger waits too long for its batch, or not at all.

    ## What it does

    Reports batch windows outside of 1 to 900 seconds.

    ## Why is this bad

    A batch ends at the latest 15 minutes after its first event: Glue takes windows from 1 to 900 seconds, its default.

    ## Example

    ```python
    from gluedsl import Workflow, on_event

    uploads = Workflow("uploads", start=on_event(batch_size=10, batch_window_seconds=3600), role="GlueJobRole")


    @uploads.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, on_event

    uploads = Workflow("uploads", start=on_event(batch_size=10, batch_window_seconds=900), role="GlueJobRole")


    @uploads.python_shell_job
    def load(run): ...
    ```
    """

    code = "EV002"
    name = "batch-window-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each EVENT trigger whose value is out of range."""
        for path, _, trigger in walk.triggers(context.project):
            batching = trigger.event_batching
            if trigger.type == "EVENT" and batching is not None and not LEAST <= batching.batch_window_seconds <= MOST:
                yield self.finding(
                    f"trigger `{trigger.name}` waits {batching.batch_window_seconds} seconds for a batch, "
                    f"and Glue allows {LEAST} to {MOST}",
                    context.span(*path, "event_batching", "batch_window_seconds"),
                    help=("wait 900 seconds at most, from the first event of the batch",),
                )
