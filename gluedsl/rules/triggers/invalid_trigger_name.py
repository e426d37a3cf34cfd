"""TR001 `invalid-trigger-name`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class InvalidTriggerName(ApiRule):
    """A trigger's name is none that Glue takes.

    ## What it does

    Reports names of triggers that are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    Glue refuses the trigger.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")
    load = PythonShellJob("load", script="s3://scripts/load.py")
    sales.add(Trigger("sales-" + "start-" * 50, when=on_demand(), start=[load]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")
    load = PythonShellJob("load", script="s3://scripts/load.py")
    sales.add(Trigger("sales-start", when=on_demand(), start=[load]))
    ```
    """

    code = "TR001"
    name = "invalid-trigger-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"
