"""RP001 `invalid-run-property-name`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidRunPropertyName(ApiRule):
    """A run property's name is none that Glue takes.

    ## What it does

    Reports default run properties whose names are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    Glue refuses the workflow.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"": "eu"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"region": "eu"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "RP001"
    name = "invalid-run-property-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateWorkflow.html"
