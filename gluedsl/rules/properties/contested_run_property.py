"""RP004 `contested-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.places import related
from gluedsl.rules.properties.overlap import Overlap
from gluedsl.rules.properties.traffic import traffic
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import WorkflowGraph
    from gluedsl.rules.properties.traffic import Party
    from gluedsl.rules.rule import Context


class ContestedRunProperty(Rule):
    """Jobs that can run at the same time write the same run property.

    ## What it does

    Reports run properties that two jobs write, by their `writes=` or by their code,
    where one run can have both under way at once: neither waits for the end of the other,
    and they do not need different ends of one node.

    ## Why is this bad

    The last to write wins, and which one that is differs from run to run.
    Writes at the same moment may fail with `ConcurrentModificationException`.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["rows"])
    def load_orders(run):
        run.properties["rows"] = "42"


    @sales.python_shell_job(writes=["rows"])
    def load_customers(run):
        run.properties["rows"] = "7"
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["orders_rows"])
    def load_orders(run):
        run.properties["orders_rows"] = "42"


    @sales.python_shell_job(writes=["customers_rows"])
    def load_customers(run):
        run.properties["customers_rows"] = "7"
    ```
    """

    code = "RP004"
    name = "contested-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each property once for each workflow, with all who write it at once with the first."""
        for graph, parties in context.once(traffic, context):
            writers: dict[str, list[Party]] = {}
            for party in parties:
                for key in party.writes:
                    writers.setdefault(key, []).append(party)
            contested = {key: several for key, several in writers.items() if len(several) > 1}
            if contested:
                overlap = Overlap.of(graph.workflow, {one.node for several in contested.values() for one in several})
                for key, several in contested.items():
                    yield from self._property(context, graph, key, _at_once(several, overlap))

    def _property(self, context: Context, graph: WorkflowGraph, key: str, rivals: list[Party]) -> Iterator[Diagnostic]:
        if not rivals:
            return
        first, *others = rivals
        last = others[-1]
        places = [(one.place_of_write(context, key), f"{one.node} writes it here") for one in (first, *others[:-1])]
        span = last.place_of_write(context, key)
        if any(place == span for place, _ in places):  # one function that several jobs call
            places = [(context.span(*one.path), f"{one.node} is defined here") for one in rivals]
        yield self.finding(
            f"{listed([one.node for one in rivals])} write run property `{key}`, "
            f"and a run of workflow `{graph.workflow.name}` can have them under way at once",
            span,
            related=related(*places),
            notes=("the last to write wins",),
            help=("give each job a property of its own, or let one wait for the other",),
        )


def _at_once(writers: list[Party], overlap: Overlap) -> list[Party]:
    """Return the first that can run at once with others, and those others."""
    for index, first in enumerate(writers):
        others = [other for other in writers[index + 1 :] if overlap.holds(first.node, other.node)]
        if others:
            return [first, *others]
    return []
