"""JB034 `too-many-connections`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class TooManyConnections(ApiRule):
    """A job has more than 1,000 connections, or one whose name cannot be.

    ## What it does

    Reports jobs with more connections than Glue takes, and connections with names longer than 255 bytes.

    ## Why is this bad

    Glue refuses the job.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(connections=[f"warehouse-{shard}" for shard in range(1001)])
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(connections=["warehouse"])
    def load(run): ...
    ```
    """

    code = "JB034"
    name = "too-many-connections"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_ConnectionsList.html"
