"""EV006 `lost-events`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class LostEvents(Rule):
    """Events may come while a workflow takes no further run.

    ## What it does

    Reports, as an information, workflows that start on events and limit their runs at once.

    ## Why is this bad

    What arrives while that many runs are active starts no run, and is not tried again.
    That is right where a run takes all that has come in, and wrong where it takes what its events name.

    ## Example

    ```python
    from gluedsl import Workflow, on_event

    sales = Workflow("sales", start=on_event(batch_size=10), max_concurrent_runs=1, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, on_event

    sales = Workflow("sales", start=on_event(batch_size=10), role="GlueJobRole")


    @sales.python_shell_job(max_concurrent_runs=1, job_run_queuing_enabled=True)
    def load(run): ...
    ```
    """

    code = "EV006"
    name = "lost-events"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html"
    also = ("WF013",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow whose events can be lost."""
        for path, workflow in walk.workflows(context.project):
            starts_on_events = any(trigger.type == "EVENT" for trigger in workflow.triggers)
            if starts_on_events and workflow.max_concurrent_runs is not None:
                runs = counted(workflow.max_concurrent_runs, "run")
                yield self.finding(
                    f"workflow `{workflow.name}` loses events that come while it has {runs}",
                    context.span(*path, "max_concurrent_runs"),
                    notes=("Glue starts no run for them, and does not try again",),
                    help=("let each run take all that has come in, not what its events name",),
                )
