"""WF003 `overlong-description`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class OverlongDescription(ApiRule):
    """A description of a workflow or job is too long.

    ## What it does

    Reports descriptions of workflows beyond 120,000 bytes, and of jobs beyond 2,048 bytes or with control characters.

    ## Why is this bad

    Glue refuses what it describes.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(description="Loads orders. " * 200)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(description="Loads orders.")
    def load(run): ...
    ```
    """

    code = "WF003"
    name = "overlong-description"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"
