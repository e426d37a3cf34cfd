"""EV001 `batch-size-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import EVENT_BATCHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 100


class BatchSizeOutOfRange(Rule):
    """An EVENT trigger waits for too many events, or for none.

    ## What it does

    Reports batch sizes outside of 1 to 100.

    ## Why is this bad

    A batch is what starts one run: Glue takes sizes from 1, its default, to 100.

    ## Example

    ```python
    from gluedsl import Workflow, on_event

    uploads = Workflow("uploads", start=on_event(batch_size=500, batch_window_seconds=900), role="GlueJobRole")


    @uploads.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, on_event

    uploads = Workflow("uploads", start=on_event(batch_size=100, batch_window_seconds=900), role="GlueJobRole")


    @uploads.python_shell_job
    def load(run): ...
    ```
    """

    code = "EV001"
    name = "batch-size-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each EVENT trigger whose value is out of range."""
        for path, _, trigger in walk.triggers(context.project):
            batching = trigger.event_batching
            if trigger.type == "EVENT" and batching is not None and not LEAST <= batching.batch_size <= MOST:
                window = context.words.field(EVENT_BATCHING, "batch_window_seconds")
                yield self.finding(
                    f"trigger `{trigger.name}` waits for {batching.batch_size} events in a batch, "
                    f"and Glue allows {LEAST} to {MOST}",
                    context.span(*path, "event_batching", "batch_size"),
                    help=(f"wait for fewer events, or let the time end the batch: {window}",),
                )
