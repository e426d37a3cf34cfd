"""CR011 `unknown-table-metadata`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class UnknownTableMetadata(ApiRule):
    """A JDBC target asks for metadata that Glue does not have.

    ## What it does

    Reports additional metadata other than `COMMENTS` and `RAWTYPES`.

    ## Why is this bad

    Glue refuses the crawler.

    ## Example

    ```python
    from gluedsl import Crawler, JdbcTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[JdbcTarget("warehouse", "sales/%", additional_metadata=["INDEXES"])],
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, JdbcTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[JdbcTarget("warehouse", "sales/%", additional_metadata=["COMMENTS"])],
        )
    )
    ```
    """

    code = "CR011"
    name = "unknown-table-metadata"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JdbcTarget.html"
