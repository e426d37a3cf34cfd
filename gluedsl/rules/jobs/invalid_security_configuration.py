"""JB035 `invalid-security-configuration`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidSecurityConfiguration(ApiRule):
    """A job names a security configuration that cannot exist.

    ## What it does

    Reports security configurations whose names are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    Glue refuses the job.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(security_configuration="")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(security_configuration="encrypted")
    def load(run): ...
    ```
    """

    code = "JB035"
    name = "invalid-security-configuration"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"
