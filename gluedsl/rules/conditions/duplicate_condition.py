"""CN017 `duplicate-condition`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context


class DuplicateCondition(Rule):
    """A trigger waits for one end of a node twice.

    ## What it does

    Reports conditions that stand twice in one trigger.

    ## Why is this bad

    The second changes nothing. Usually another job, or another state, was meant.

    ## Example

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=all_of(load, load.succeeded))
    def publish(run): ...
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

    code = "CN017"
    name = "duplicate-condition"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition that repeats an earlier one."""
        for path, _, trigger in walk.triggers(context.project):
            first: dict[tuple[Node, str | None], Path] = {}
            for place, condition in walk.conditions(path, trigger):
                node, state = condition_node(condition), condition.state or condition.crawl_state
                if node is None:
                    continue
                earlier = first.setdefault((node, state), place)
                if earlier != place:
                    yield self.finding(
                        f"trigger `{trigger.name}` waits twice for {node} to end as {state}",
                        context.span(*place),
                        related=related((context.span(*earlier), "the first is here")),
                        help=("leave one of the two out",),
                    )
