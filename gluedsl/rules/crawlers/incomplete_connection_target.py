"""CR010 `incomplete-connection-target`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.targets import JdbcTarget, MongoDBTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class IncompleteConnectionTarget(Rule):
    """A target in a database has no connection, or no path.

    ## What it does

    Reports JDBC and MongoDB targets without a connection, and with a path that names no table or collection.

    ## Why is this bad

    Glue reaches these stores through a connection. The path says what to read: `database/schema/table`,
    `database/table` or `database/collection`, with `%` for any.

    ## Example

    ```python
    from gluedsl import Crawler, JdbcTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=[JdbcTarget("warehouse", "sales")]))
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, JdbcTarget, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(Crawler("sales-catalog", database="sales", targets=[JdbcTarget("warehouse", "sales/%")]))
    ```
    """

    code = "CR010"
    name = "incomplete-connection-target"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each target that cannot be reached, or names nothing."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                if not isinstance(target, JdbcTarget | MongoDBTarget):
                    continue
                kind = "JDBC" if isinstance(target, JdbcTarget) else "MongoDB"
                if not target.connection:
                    yield self.finding(
                        f"a {kind} target of crawler `{crawler.name}` has no connection",
                        context.span(*path, "targets", index),
                        help=("name the Glue connection",),
                    )
                if is_settled(target.path) and not all(target.path.partition("/")):
                    yield self.finding(
                        f"a {kind} target of crawler `{crawler.name}` has the path `{target.path}`, "
                        "which names nothing to read",
                        context.span(*path, "targets", index),
                        help=("write `database/schema/table`, `database/table` or `database/%`",),
                    )
