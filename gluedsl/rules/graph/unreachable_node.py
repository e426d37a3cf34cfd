"""GR001 `unreachable-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import Node
from gluedsl.graph.build import action_node, condition_node, started_nodes
from gluedsl.model import walk
from gluedsl.rules.graph.blockage import blockages, cuts, lacks_only_start, left_to_start_trigger, vain_conditions
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Workflow
    from gluedsl.rules.graph.blockage import Blockage
    from gluedsl.rules.rule import Context

_NOTE = "triggers fire on runs that their own workflow started, and on no others"


def _waits(path: Path, workflow: Workflow, blockage: Blockage) -> Iterator[Path]:
    """Yield the conditions that wait for what is missing."""
    for index in blockage.triggers:
        for place, condition in walk.conditions((*path, "triggers", index), workflow.triggers[index]):
            if condition_node(condition) in blockage.missing:
                yield place


def _starts(path: Path, workflow: Workflow, blockage: Blockage) -> Iterator[tuple[Path, Node]]:
    """Yield the actions that start what can never start."""
    for index in blockage.triggers:
        for place, action in walk.actions((*path, "triggers", index), workflow.triggers[index]):
            if (node := action_node(action)) is not None and node in blockage.nodes:
                yield place, node


def _help(workflow: Workflow, missing: Node) -> tuple[str, ...]:
    started = {node.name for trigger in workflow.triggers for node in started_nodes(trigger)}
    return (
        *did_you_mean(missing.name, sorted(started)),
        f"add {missing} to workflow `{workflow.name}`, or wait for something that the workflow starts",
    )


class UnreachableNode(Rule):
    """A job, crawler or trigger can never start.

    ## What it does

    Reports what waits for a job or crawler that nothing in the workflow starts.
    What waits for it in turn is not reported again. Where a disabled trigger alone is the reason, it is a warning,
    and where a trigger waits for any of several, and only some of them can never start.

    ## Why is this bad

    A Glue trigger fires on the end of runs that triggers of the same workflow started, and of no others:
    not when somebody starts the job by hand, nor when another workflow does.
    The workflow deploys, its runs end as COMPLETED, and part of it has silently never run.

    ## Example

    ```python
    from gluedsl import Workflow

    orders = Workflow("orders", role="GlueJobRole")
    report = Workflow("report", role="GlueJobRole")


    @orders.python_shell_job
    def load(run): ...


    @report.python_shell_job
    def prepare(run): ...


    @report.python_shell_job(after=[prepare, load])
    def summarise(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    orders = Workflow("orders", role="GlueJobRole")


    @orders.python_shell_job
    def load(run): ...


    @orders.python_shell_job
    def prepare(run): ...


    @orders.python_shell_job(after=[prepare, load])
    def summarise(run): ...
    ```
    """

    code = "GR001"
    name = "unreachable-node"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html"
    also = ("CN013", "GR007", "GR013", "TR021", "TR028", "TR029", "WF009")

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each cause, with what can never start because of it."""
        left = context.once(left_to_start_trigger, context.project)
        for path, workflow in walk.workflows(context.project):
            for blockage in context.once(blockages, workflow):
                if not lacks_only_start(workflow, blockage, left):
                    yield self._blocked(context, path, workflow, blockage)
            for index, nodes in cuts(workflow):
                trigger = workflow.triggers[index]
                yield self.finding(
                    f"{listed(nodes)} cannot start while trigger `{trigger.name}` is disabled",
                    context.span(*path, "triggers", index, "enabled"),
                    help=(f"enable trigger `{trigger.name}`, or leave out what it starts",),
                    severity=Severity.WARNING,
                )

            for node, conditions in context.once(vain_conditions, workflow).items():
                if any(trigger.is_start for trigger in workflow.triggers) or node not in left:
                    yield self._vain(context, path, workflow, node, conditions)

    def _vain(
        self, context: Context, path: Path, workflow: Workflow, node: Node, conditions: list[tuple[int, int]]
    ) -> Diagnostic:
        first, *others = (
            context.span(*path, "triggers", index, "predicate", "conditions", at) for index, at in conditions
        )
        trigger = workflow.triggers[conditions[0][0]]
        return self.finding(
            f"trigger `{trigger.name}` waits for {node} in vain: nothing in workflow `{workflow.name}` starts it",
            first,
            label="never started here",
            related=related(*((span, "waits for it as well") for span in others)),
            notes=(_NOTE,),
            help=_help(workflow, node),
            severity=Severity.WARNING,
        )

    def _blocked(self, context: Context, path: Path, workflow: Workflow, blockage: Blockage) -> Diagnostic:
        stuck = blockage.nodes or tuple(Node("TRIGGER", workflow.triggers[index].name) for index in blockage.triggers)
        first, *others = _waits(path, workflow, blockage)
        verb = "fire" if not blockage.nodes else "start"
        return self.finding(
            f"{listed(stuck)} can never {verb}: {'it waits' if len(stuck) == 1 else 'they wait'} "
            f"for {listed(blockage.missing, 'or')}, which nothing in workflow `{workflow.name}` starts",
            context.span(*first),
            label="never started here",
            related=related(
                *((context.span(*place), "waits for it as well") for place in others),
                *(
                    (context.span(*place), f"{node} is started here")
                    for place, node in _starts(path, workflow, blockage)
                ),
            ),
            notes=(_NOTE,),
            help=_help(workflow, blockage.missing[0]),
        )
