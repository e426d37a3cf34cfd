"""TR027 `overlong-trigger-description`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class OverlongTriggerDescription(ApiRule):
    """A trigger's description is too long.

    ## What it does

    Reports descriptions of triggers beyond 2,048 bytes, or with control characters.

    ## Why is this bad

    Glue refuses the trigger.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")
    load = PythonShellJob("load", script="s3://scripts/load.py")
    note = "Starts the load. " * 200
    sales.add(Trigger("sales-start", when=on_demand(), start=[load], description=note))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")
    load = PythonShellJob("load", script="s3://scripts/load.py")
    sales.add(Trigger("sales-start", when=on_demand(), start=[load], description="Starts the load."))
    ```
    """

    code = "TR027"
    name = "overlong-trigger-description"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"
