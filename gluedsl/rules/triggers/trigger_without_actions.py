"""TR005 `trigger-without-actions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.model.faults import IdleTrigger
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Workflow
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span


def _is_explained(workflow: Workflow) -> bool:
    """Whether other rules say why the start trigger has nothing to start.

    Another trigger begins runs (WF006); or others do start something, and then wait for each other (GR002, CN010),
    for nothing (CN009) or for what the workflow does not have (GR001).
    """
    others = sum(trigger.is_start for trigger in workflow.triggers) > 1
    return others or any(trigger.actions for trigger in workflow.triggers)


class TriggerWithoutActions(Rule):
    """A trigger starts nothing.

    ## What it does

    Reports triggers that have no actions.

    ## Why is this bad

    A trigger has at least one action: Glue's console, Terraform and the API's own description all ask for it,
    and a trigger without any could do nothing when it fires.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    sales.add(Trigger("sales-after-load", when=load, start=[]))
    ```

    ## Use instead

    ```python
    from gluedsl import Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job
    def publish(run): ...


    sales.add(Trigger("sales-after-load", when=load, start=[publish]))
    ```
    """

    code = "TR005"
    name = "trigger-without-actions"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"
    also = ("GR008",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger without actions, unless it is a start trigger that something else leaves idle."""
        for path, workflow, trigger in walk.triggers(context.project):
            if not trigger.actions and not (trigger.is_start and _is_explained(workflow)):
                yield self._idle(trigger.name, context.span(*path, "actions"))
        for fault in context.faults:
            if isinstance(fault, IdleTrigger):
                yield self._idle(fault.trigger, fault.span)

    def _idle(self, trigger: str, span: Span | None) -> Diagnostic:
        return self.finding(f"trigger `{trigger}` starts nothing", span, help=("name what it starts, or leave it out",))
