"""WF007 `missing-start-trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import cycles
from gluedsl.model import walk
from gluedsl.rules.graph.blockage import blockages, lacks_only_start, left_to_start_trigger
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node, WorkflowGraph
    from gluedsl.rules.rule import Context


def _is_explained(graph: WorkflowGraph, left: Collection[Node]) -> bool:
    """Whether other rules say why nothing begins: every trigger waits for another, or in vain."""
    causes = blockages(graph.workflow)
    if any(lacks_only_start(graph.workflow, cause, left) for cause in causes):
        return False
    endless = (trigger.predicate is None or not trigger.predicate.conditions for trigger in graph.workflow.triggers)
    return bool(causes or cycles(graph)) or any(endless)


class MissingStartTrigger(Rule):
    """A workflow has no start trigger.

    ## What it does

    Reports workflows in which no trigger begins a run: those without anything to start,
    and, in templates, those whose triggers all wait for a job or crawler that nothing starts.

    ## Why is this bad

    A run begins with the start trigger. Without one the workflow deploys, and nothing in it ever runs.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load)
    def publish(run): ...
    ```
    """

    code = "WF007"
    name = "missing-start-trigger"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html"
    also = ("TR020", "WF019")

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow that nothing begins."""
        left = context.once(left_to_start_trigger, context.project)
        # In a template, triggers name their workflow: of two with one name, the first has those of both.
        with_triggers = {workflow.name for workflow in context.project.workflows if workflow.triggers}
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            if not workflow.triggers:
                if workflow.name not in with_triggers:
                    yield self.finding(
                        f"workflow `{workflow.name}` has no triggers, so nothing in it ever runs",
                        context.span(*path),
                        help=("add a job or a crawler to it",),
                    )
            elif not any(trigger.is_start for trigger in workflow.triggers) and not _is_explained(graph, left):
                yield self.finding(
                    f"workflow `{workflow.name}` has no start trigger, so nothing in it ever runs",
                    context.span(*path),
                    help=("add a trigger that starts on demand, on a schedule or on an event",),
                )
