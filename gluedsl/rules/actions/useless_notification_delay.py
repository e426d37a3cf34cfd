"""AC010 `useless-notification-delay`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.rule import Kind
from gluedsl.rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UselessNotificationDelay(ApiRule):
    """A trigger tells of a late job before it begins, or after it has timed out.

    ## What it does

    Reports delays of notifications below one minute, and, as doubtful, delays that are not below the job's timeout.

    ## Why is this bad

    Glue counts the delay in whole minutes from 1. A run that has timed out is not told of as late.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments({}, notify_delay_after_minutes=0)]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    late = publish.with_arguments(notify_delay_after_minutes=30, timeout_minutes=60)
    sales.add(Trigger("sales-publish", when=load, start=[late]))
    ```
    """

    code = "AC010"
    name = "useless-notification-delay"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_NotificationProperty.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each delay that Glue does not take, or that never comes to an end."""
        yield from super().check(context)
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                delay, timeout = action.notify_delay_after_minutes, action.timeout_minutes
                if delay is not None and timeout is not None and timeout > 0 and is_above(delay, timeout - 1):
                    yield self.finding(
                        f"job `{action.job_name}` in trigger `{trigger.name}` is told to be late after "
                        f"{counted(delay, 'minute')}, and times out after {counted(timeout, 'minute')}",
                        context.span(*place, "notify_delay_after_minutes"),
                        help=("let the delay be shorter than the timeout",),
                        severity=Severity.WARNING,
                    )
