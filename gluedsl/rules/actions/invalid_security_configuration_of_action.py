"""AC011 `invalid-security-configuration-of-action`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidSecurityConfigurationOfAction(ApiRule):
    """A trigger names a security configuration that cannot exist.

    ## What it does

    Reports security configurations of actions whose names are empty, longer than 255 bytes,
    or not of one line of text.

    ## Why is this bad

    Glue refuses the trigger.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments(security_configuration="")]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments(security_configuration="encrypted")]))
    ```
    """

    code = "AC011"
    name = "invalid-security-configuration-of-action"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"
