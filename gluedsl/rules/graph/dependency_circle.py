"""GR002 `dependency-circle`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import Edge, WorkflowGraph, cycles
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes, has_ambiguous_triggers
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path, Trigger, Workflow
    from gluedsl.rules.rule import Context


def _without_short_circles(workflow: Workflow) -> WorkflowGraph:
    """Return the graph of what fires, without watching what the same trigger starts: that is CN010's.

    A start trigger waits for nothing, whatever predicate it has: that is TR014's.
    """
    firing = tuple(
        replace(each, predicate=None) if each.is_start else each
        for each in workflow.triggers
        if each.is_start or each.enabled
    )
    graph = WorkflowGraph.of(replace(workflow, triggers=firing))
    edges = set(graph.edges)
    return replace(graph, edges=tuple(edge for edge in graph.edges if not _watches_own(edge, edges)))


def _watches_own(edge: Edge, edges: Collection[Edge]) -> bool:
    return edge.destination.type == "TRIGGER" and Edge(edge.destination, edge.source) in edges


def _place(path: Path, trigger: Trigger, node: Node) -> Path:
    """Return where the trigger at `path` waits for a node."""
    return next(place for place, condition in walk.conditions(path, trigger) if condition_node(condition) == node)


class DependencyCircle(Rule):
    """Jobs or crawlers wait for one another in a circle.

    ## What it does

    Reports each way round that leads over two nodes or more back to where it began, once.

    ## Why is this bad

    Where every trigger on the way waits for all of its conditions, none of the nodes ever starts.
    Where one waits for any of them, the circle could run for ever, at a cost.
    AWS does not say what Glue makes of a circle over several nodes, so gluedsl refuses it.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job
    def repair(run): ...


    sales.add(Trigger("sales-start", when=on_demand(), start=[load]))
    sales.add(Trigger("sales-repair", when=load.failed, start=[repair]))
    sales.add(Trigger("sales-again", when=repair, start=[load]))
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.failed)
    def repair(run): ...


    @sales.python_shell_job(after=repair)
    def load_again(run):
        load(run)
    ```
    """

    code = "GR002"
    name = "dependency-circle"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html"
    also = ("CN014",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each circle, with the whole way in the places that it names."""
        ambiguous = ambiguous_nodes(context.project)
        for path, workflow in walk.workflows(context.project):
            if has_ambiguous_triggers(workflow):
                continue
            triggers = {trigger.name: (index, trigger) for index, trigger in enumerate(workflow.triggers)}
            for way in cycles(_without_short_circles(workflow)):
                nodes = way[1::2]
                if ambiguous.intersection(nodes):
                    continue
                waits = []
                for step, before, node in zip(way[::2], (nodes[-1], *nodes), nodes, strict=False):
                    index, trigger = triggers[step.name]
                    place = _place((*path, "triggers", index), trigger, before)
                    waits.append((context.span(*place), f"{node} waits for {before}"))
                (span, label), *others = waits
                yield self.finding(
                    f"{listed(nodes)} wait for one another in a circle",
                    span,
                    label=label,
                    related=related(*others),
                    help=("let one of them wait for nothing of the others; what is to run twice is two jobs",),
                )
