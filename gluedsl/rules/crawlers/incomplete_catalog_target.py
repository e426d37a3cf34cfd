"""CR004 `incomplete-catalog-target`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class IncompleteCatalogTarget(ApiRule):
    """A catalogue target names no database or no tables.

    ## What it does

    Reports targets in the Data Catalog without a database or without tables, or with names that cannot be.

    ## Why is this bad

    A crawler of the Data Catalog updates the tables that it is given, and makes none. Glue refuses it without any.
    The API's own limit, counted in bytes of UTF-8: a letter with an accent has two.

    ## Example

    ```python
    from gluedsl import CatalogTarget, Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            targets=[CatalogTarget("sales", tables=[])],
            delete_behavior="LOG",
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import CatalogTarget, Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            targets=[CatalogTarget("sales", tables=["orders"])],
            delete_behavior="LOG",
        )
    )
    ```
    """

    code = "CR004"
    name = "incomplete-catalog-target"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CatalogTarget.html"
