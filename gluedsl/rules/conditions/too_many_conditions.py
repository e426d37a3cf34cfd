"""CN008 `too-many-conditions`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class TooManyConditions(ApiRule):
    """A trigger waits for more than 500 outcomes.

    ## What it does

    Reports predicates with 501 conditions or more.

    ## Why is this bad

    Glue refuses the trigger. A job in between can wait for some of the outcomes, and the trigger for that job.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow, any_of

    sales = Workflow("sales", role="GlueJobRole")
    rates = sales.add(PythonShellJob("rates", script="s3://scripts/rates.py"))
    loads = [PythonShellJob(f"load-{shop}", script="s3://scripts/load.py") for shop in range(170)]
    for load in loads:
        sales.add(load, after=rates)
    ends = [end for load in loads for end in (load.failed, load.timed_out, load.stopped)]


    @sales.python_shell_job(after=any_of(*ends))
    def report(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow, any_of

    sales = Workflow("sales", role="GlueJobRole")
    rates = sales.add(PythonShellJob("rates", script="s3://scripts/rates.py"))
    loads = [PythonShellJob(f"load-{shop}", script="s3://scripts/load.py") for shop in range(40)]
    for load in loads:
        sales.add(load, after=rates)
    ends = [end for load in loads for end in (load.failed, load.timed_out, load.stopped)]


    @sales.python_shell_job(after=any_of(*ends))
    def report(run): ...
    ```
    """

    code = "CN008"
    name = "too-many-conditions"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"
    also = ("QT015",)
