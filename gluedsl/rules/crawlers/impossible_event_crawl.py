"""CR015 `impossible-event-crawl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import CRAWLER, S3_TARGET
from gluedsl.targets import CatalogTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context
    from gluedsl.rules.words import Words
    from gluedsl.targets import Target


def _fault(targets: tuple[Target, ...], words: Words) -> tuple[Path, str, str] | None:
    target = targets[0]
    if len(targets) > 1:
        return ("targets", 1), f"has {len(targets)} targets, and Glue allows 1", "make a crawler of each target"
    if not isinstance(target, S3Target | CatalogTarget):
        return (
            ("targets", 0),
            "its target is in neither S3 nor the Data Catalog",
            f"leave {words.field(CRAWLER, 'recrawl_behavior')} out",
        )
    if not target.event_queue_arn:
        return (
            ("targets", 0),
            "its target has no queue of events",
            f"give the target {words.field(S3_TARGET, 'event_queue_arn')}",
        )
    if isinstance(target, S3Target) and target.sample_size is not None:
        return ("targets", 0), "its target has a sample size", f"leave {words.field(S3_TARGET, 'sample_size')} out"
    if isinstance(target, S3Target) and target.path.startswith("s3://%"):
        return ("targets", 0), "its path has a wildcard for the bucket", "name the bucket"
    return None


class ImpossibleEventCrawl(Rule):
    """A crawler is to follow events, and cannot.

    ## What it does

    Reports crawlers with `CRAWL_EVENT_MODE` that have more than one target, a target that is in neither S3
    nor the Data Catalog, no queue of events, a sample size, or a wildcard for a bucket.

    ## Why is this bad

    Glue reads what the queue's messages name, in one target. Without the queue it refuses the crawler.

    ## Example

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    QUEUE = "arn:aws:sqs:eu-west-1:123456789012:sales"
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[S3Target("s3://lake/sales/")],
            recrawl_behavior="CRAWL_EVENT_MODE",
        )
    )
    ```

    ## Use instead

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    QUEUE = "arn:aws:sqs:eu-west-1:123456789012:sales"
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[S3Target("s3://lake/sales/", event_queue_arn=QUEUE)],
            recrawl_behavior="CRAWL_EVENT_MODE",
        )
    )
    ```
    """

    code = "CR015"
    name = "impossible-event-crawl"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield the first thing that keeps each crawler from following events."""
        for path, crawler in walk.crawlers(context.project):
            if crawler.recrawl_behavior == "CRAWL_EVENT_MODE" and crawler.targets:
                fault = _fault(crawler.targets, context.words)
                if fault:
                    field, text, help_ = fault
                    yield self.finding(
                        f"crawler `{crawler.name}` follows events, and {text}",
                        context.span(*path, *field),
                        help=(help_,),
                    )
