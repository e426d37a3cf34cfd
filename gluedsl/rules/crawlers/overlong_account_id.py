"""CR019 `overlong-account-id`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class OverlongAccountId(ApiRule):
    """An account of Lake Formation has more than 12 digits.

    ## What it does

    Reports account ids beyond 12 characters.

    ## Why is this bad

    Glue refuses the crawler.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            extra={"LakeFormationConfiguration": {"AccountId": "1234567890123"}},
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            extra={"LakeFormationConfiguration": {"AccountId": "123456789012"}},
        )
    )
    ```
    """

    code = "CR019"
    name = "overlong-account-id"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_LakeFormationConfiguration.html"
