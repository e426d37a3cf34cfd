"""CN016 `unwatched-failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import started_when_all_succeed
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnwatchedFailure(Rule):
    """Nothing waits for the failure of a job or crawler.

    ## What it does

    Reports workflows with jobs or crawlers of which no trigger watches an unsuccessful end.
    It is asked only where a project gives it a level: `unwatched-failure = "warning"` under `[tool.gluedsl.rules]`.

    ## Why is this bad

    A run of a Glue workflow ends as COMPLETED whatever its jobs end as.
    Where nothing waits for a failure, nothing in AWS tells of it, unless somebody looks at the run.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.unsuccessful)
    def page_on_call(run): ...
    ```
    """

    code = "CN016"
    name = "unwatched-failure"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html"
    also = ("GR014",)
    is_opt_in = True

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow that can fail in silence; what only runs after a failure need not be watched itself."""
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            watched = {
                condition_node(condition)
                for trigger in workflow.triggers
                for condition in (trigger.predicate.conditions if trigger.predicate else ())
                if (condition.state or condition.crawl_state) != "SUCCEEDED"
            }
            succeeding = started_when_all_succeed(workflow)
            silent = [node for node in graph.nodes if node in succeeding and node not in watched]
            if silent:
                yield self.finding(
                    f"nothing in workflow `{workflow.name}` waits for {listed(silent, 'or')} to fail",
                    context.span(*path),
                    notes=("a run ends as COMPLETED whatever its jobs end as",),
                    help=(f"start a job that tells somebody, with {context.words.failure()}",),
                )
