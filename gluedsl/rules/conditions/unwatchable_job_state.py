"""CN004 `unwatchable-job-state`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import condition_node
from gluedsl.model import walk
from gluedsl.rules.conditions.ends import OF_JOBS
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
from gluedsl.rules.rule import Context


class UnwatchableJobState(Rule):
    """A trigger waits for a state of a job that no trigger can wait for.

    ## What it does

    Reports conditions on a job with another state than SUCCEEDED, FAILED, TIMEOUT or STOPPED.

    ## Why is this bad

    Triggers fire when jobs end. Glue takes four of the states in which a job can end, and none of those on the way.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.outcome("RUNNING"))
    def watch(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.finished)
    def watch(run): ...
    ```
    """

    code = "CN004"
    name = "unwatchable-job-state"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Condition.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each condition on a job whose state no trigger can wait for."""
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                node, state = condition_node(condition), condition.state
                if node is None or node.type != "JOB" or condition.crawl_state is not None:
                    continue
                if state is not None and state not in OF_JOBS:
                    yield self.finding(
                        f"trigger `{trigger.name}` waits for {node} to be `{state}`, which no trigger can wait for",
                        context.span(*place, "state"),
                        help=(*did_you_mean(state, OF_JOBS), f"wait for {choices(OF_JOBS)}"),
                    )
