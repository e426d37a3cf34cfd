"""CN009 `trigger-without-conditions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class TriggerWithoutConditions(Rule):
    """A trigger waits, but for nothing.

    ## What it does

    Reports conditional triggers without conditions.

    ## Why is this bad

    A conditional trigger fires when a job or crawler that it watches ends. One that watches nothing would never fire;
    what is to start with the workflow belongs to the start trigger.

    ## Example

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")
    loads = []


    @sales.python_shell_job
    def prepare(run): ...


    @sales.python_shell_job(after=all_of(*loads))
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def prepare(run): ...


    @sales.python_shell_job(after=all_of(prepare))
    def publish(run): ...
    ```
    """

    code = "CN009"
    name = "trigger-without-conditions"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each conditional trigger that watches nothing."""
        for path, _, trigger in walk.triggers(context.project):
            if not trigger.is_start and trigger.predicate is not None and not trigger.predicate.conditions:
                yield self.finding(
                    f"trigger `{trigger.name}` waits for nothing, so it never fires",
                    context.span(*path, "predicate"),
                    help=("name what it waits for, or let the start trigger start its jobs and crawlers",),
                )
