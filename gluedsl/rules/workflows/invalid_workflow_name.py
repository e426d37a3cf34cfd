"""WF001 `invalid-workflow-name`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidWorkflowName(ApiRule):
    """A workflow's name is none that Glue takes.

    ## What it does

    Reports names of workflows that are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    Glue refuses the workflow.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("nightly-" * 50, role="GlueJobRole")


    @sales.python_shell_job(name="load")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("nightly-sales", role="GlueJobRole")


    @sales.python_shell_job(name="load")
    def load(run): ...
    ```
    """

    code = "WF001"
    name = "invalid-workflow-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html"
