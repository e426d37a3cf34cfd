"""CR014 `changing-new-folders-crawler`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind
from gluedsl.rules.wording import listed
from gluedsl.spelling.tables import CRAWLER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context
    from gluedsl.rules.words import Words


BEHAVIOURS = ("UPDATE_IN_DATABASE", "DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE")
"""All but `LOG`, of updates and of deletes."""


def _shown(given: Mapping[str, str | None], wrong: Sequence[str], words: Words) -> str:
    shown = {field: f"`{given[field]}`" if given[field] else "not given" for field in wrong}
    return listed([f"{words.field(CRAWLER, field)} is {shown[field]}" for field in wrong])


class ChangingNewFoldersCrawler(ApiRule):
    """A crawler of new folders alone is to change tables, or what a crawler reads again is unknown.

    ## What it does

    Reports crawlers with `CRAWL_NEW_FOLDERS_ONLY` whose update and delete behaviours are not both `LOG`,
    and recrawl behaviours that Glue does not have.

    ## Why is this bad

    Glue answers: The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior
    value and LOG UpdateBehavior value. Its defaults are others, so that both must be given.

    ## Example

    ```python
    from gluedsl import Crawler, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=["s3://lake/sales/"],
            recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY",
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
            recrawl_behavior="CRAWL_NEW_FOLDERS_ONLY",
            update_behavior="LOG",
            delete_behavior="LOG",
        )
    )
    ```
    """

    code = "CR014"
    name = "changing-new-folders-crawler"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/hashicorp/terraform-provider-aws/issues/22868"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each crawler of new folders that may change tables."""
        yield from super().check(context)
        for path, crawler in walk.crawlers(context.project):
            if crawler.recrawl_behavior != "CRAWL_NEW_FOLDERS_ONLY":
                continue
            given = {"update_behavior": crawler.update_behavior, "delete_behavior": crawler.delete_behavior}
            # A behaviour that Glue does not have is wrong by itself (CR013).
            wrong = [field for field, value in given.items() if value is None or value in BEHAVIOURS]
            if wrong:
                yield self.finding(
                    f"crawler `{crawler.name}` reads new folders only, and its {_shown(given, wrong, context.words)}",
                    context.span(*path, next((field for field in wrong if given[field]), "recrawl_behavior")),
                    help=("give " + listed([context.words.field(CRAWLER, field, "LOG") for field in wrong]),),
                )
