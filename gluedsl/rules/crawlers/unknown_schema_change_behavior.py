"""CR013 `unknown-schema-change-behavior`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class UnknownSchemaChangeBehavior(ApiRule):
    """A crawler is to do with changes what Glue cannot do.

    ## What it does

    Reports behaviours on updated and deleted objects that are not among Glue's.

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
            delete_behavior="DELETE",
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
            delete_behavior="DELETE_FROM_DATABASE",
        )
    )
    ```
    """

    code = "CR013"
    name = "unknown-schema-change-behavior"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_SchemaChangePolicy.html"
