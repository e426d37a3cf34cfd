"""TL009 `value-outside-api-model`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class ValueOutsideApiModel(ApiRule):
    """A value is none that the API's own model allows.

    ## What it does

    Reports values of a wrong type, length, range or choice, wherever the catalogue of restrictions
    has no entry of its own. Inside of `extra`, it reports members that are missing or that do not exist as well.

    ## Why is this bad

    Glue, or the AWS SDK before it, refuses the request.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    LINEAGE = {"LineageConfiguration": {"CrawlerLineageSettings": "ON"}}
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"], extra=LINEAGE))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    LINEAGE = {"LineageConfiguration": {"CrawlerLineageSettings": "ENABLE"}}
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=["s3://lake/sales/"], extra=LINEAGE))
    ```
    """

    code = "TL009"
    name = "value-outside-api-model"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Operations.html"
