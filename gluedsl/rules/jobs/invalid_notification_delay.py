"""JB031 `invalid-notification-delay`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidNotificationDelay(ApiRule):
    """A job tells that it runs long after less than a minute.

    ## What it does

    Reports delays of notifications below one minute.

    ## Why is this bad

    Glue counts them in whole minutes from 1.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(notify_delay_after_minutes=0)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(notify_delay_after_minutes=1)
    def load(run): ...
    ```
    """

    code = "JB031"
    name = "invalid-notification-delay"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_NotificationProperty.html"
