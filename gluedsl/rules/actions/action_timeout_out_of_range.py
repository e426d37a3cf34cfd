"""AC009 `action-timeout-out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_outside
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LEAST, MOST = 1, 10_079


class ActionTimeoutOutOfRange(Rule):
    """A trigger lets a job run for seven days or longer, or for no time at all.

    ## What it does

    Reports timeouts of actions outside of 1 to 10,079 minutes.

    ## Why is this bad

    Glue asks for less than 7 days, 10,080 minutes.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments({}, timeout_minutes=10080)]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments({}, timeout_minutes=10079)]))
    ```
    """

    code = "AC009"
    name = "action-timeout-out-of-range"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each timeout that Glue does not take."""
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                if action.job_name and is_outside(action.timeout_minutes, LEAST, MOST):
                    yield self.finding(
                        f"job `{action.job_name}` in trigger `{trigger.name}` times out after "
                        f"{counted(action.timeout_minutes or 0, 'minute')}, and Glue allows {LEAST} to {MOST:,}",
                        context.span(*place, "timeout_minutes"),
                    )
