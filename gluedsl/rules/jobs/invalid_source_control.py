"""JB033 `invalid-source-control`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidSourceControl(ApiRule):
    """A job's source control is none that Glue knows.

    ## What it does

    Reports details of source control with an unknown provider or authentication,
    or with a text that is empty or too long.

    ## Why is this bad

    Glue refuses the job.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(extra={"SourceControlDetails": {"Provider": "SVN"}})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(extra={"SourceControlDetails": {"Provider": "GITHUB"}})
    def load(run): ...
    ```
    """

    code = "JB033"
    name = "invalid-source-control"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_SourceControlDetails.html"
