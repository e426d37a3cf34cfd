"""JB007 `malformed-glue-version`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class MalformedGlueVersion(ApiRule):
    """A job's Glue version is no version.

    ## What it does

    Reports Glue versions that are neither numbers joined by dots nor `auto`.

    ## Why is this bad

    Glue refuses the job.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="5")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="5.0")
    def load(run): ...
    ```
    """

    code = "JB007"
    name = "malformed-glue-version"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"
