"""CN011 `contradictory-conditions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.conditions.ends import awaited_end
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context


class ContradictoryConditions(Rule):
    """A trigger waits for two different ends of one run.

    ## What it does

    Reports triggers that wait for all of several conditions, two of which name different states of one job or crawler.

    ## Why is this bad

    A job ends in one state. A trigger that waits for two of them together never fires.

    ## Example

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=all_of(load.succeeded, load.failed))
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, any_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=any_of(load.succeeded, load.failed))
    def publish(run): ...
    ```
    """

    code = "CN011"
    name = "contradictory-conditions"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each node of which a trigger wants two ends at once."""
        for path, _, trigger in walk.triggers(context.project):
            if trigger.predicate is None or trigger.predicate.logical != "AND":
                continue
            first: dict[Node, tuple[Path, str]] = {}
            told: set[Node] = set()
            for place, condition in walk.conditions(path, trigger):
                node, state = condition_node(condition), awaited_end(condition)
                if node is None or state is None or node in told:
                    continue
                earlier, other = first.setdefault(node, (place, state))
                if other != state:
                    told.add(node)
                    yield self.finding(
                        f"trigger `{trigger.name}` waits for {node} to end as {other} and as {state} in one run",
                        context.span(*place),
                        related=related((context.span(*earlier), f"waits for {other} here")),
                        help=(f"wait for any of them: {context.words.any_of_them()}",),
                    )
