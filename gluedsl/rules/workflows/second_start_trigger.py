"""WF006 `second-start-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class SecondStartTrigger(Rule):
    """A workflow has more than one start trigger.

    ## What it does

    Reports every trigger after the first that begins a run: on demand, on a schedule, or on an event.

    ## Why is this bad

    A Glue workflow has exactly one start trigger.
    What runs at other times, or for other reasons, is another workflow; both may start the same jobs.
    Every workflow can be started by hand besides, whatever its start trigger is.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow, cron, on_demand

    sales = Workflow("sales", start=cron("0 2 * * ? *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job
    def repair(run): ...


    sales.add(Trigger("sales-by-hand", when=on_demand(), start=[repair]))
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * ? *"), role="GlueJobRole")
    repairs = Workflow("sales-repairs", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @repairs.python_shell_job
    def repair(run): ...
    ```
    """

    code = "WF006"
    name = "second-start-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each start trigger after the first."""
        for path, workflow in walk.workflows(context.project):
            starts = [(index, trigger) for index, trigger in enumerate(workflow.triggers) if trigger.is_start]
            for index, trigger in starts[1:]:
                first_index, first = starts[0]
                yield self.finding(
                    f"workflow `{workflow.name}` has a second start trigger, `{trigger.name}`",
                    context.span(*path, "triggers", index, "type"),
                    label="begins runs as well",
                    related=related(
                        (context.span(*path, "triggers", first_index, "type"), f"the first, `{first.name}`")
                    ),
                    help=("keep one, and move what the other starts to a workflow of its own",),
                )
