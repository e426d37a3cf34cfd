"""CN010 `self-starting-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context
    from gluedsl.rules.words import Words


def _advice(node: Node, words: Words) -> str:
    if node.type == "CRAWLER":
        return "start another crawler, or wait for something else"
    return f"let it try again by itself with {words.field(JOB, 'max_retries')}, or start another job"


class SelfStartingNode(Rule):
    """A trigger starts what it waits for.

    ## What it does

    Reports triggers that watch a job or crawler and start it as well.

    ## Why is this bad

    Glue answers "Job cannot be a Predicate and Action for Conditional Trigger."
    A job that is to try again after a failure has retries for that.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    sales.add(Trigger("sales-start", when=on_demand(), start=[load]))
    sales.add(Trigger("sales-again", when=load.failed, start=[load]))
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_retries=2)
    def load(run): ...
    ```
    """

    code = "CN010"
    name = "self-starting-node"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/hashicorp/terraform-provider-aws/issues/39571"
    also = ("GR003",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each node that a trigger both watches and starts."""
        ambiguous = ambiguous_nodes(context.project)
        for path, _, trigger in walk.triggers(context.project):
            watched: dict[Node, Path] = {}
            for place, condition in walk.conditions(path, trigger):
                if (node := condition_node(condition)) is not None:
                    watched.setdefault(node, place)
            reported = set(ambiguous)
            for place, action in walk.actions(path, trigger):
                node = action_node(action)
                if node is not None and node in watched and node not in reported:
                    reported.add(node)
                    yield self.finding(
                        f"trigger `{trigger.name}` starts {node}, for which it waits",
                        context.span(*place),
                        related=related((context.span(*watched[node]), f"waits for {node} here")),
                        help=(_advice(node, context.words),),
                    )
