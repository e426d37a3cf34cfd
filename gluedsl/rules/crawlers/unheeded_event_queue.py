"""CR016 `unheeded-event-queue`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import CRAWLER, S3_TARGET
from gluedsl.targets import CatalogTarget, S3Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

_ARN = re.compile(r"arn:[\w-]+:sqs:[a-z0-9-]+:[0-9]{12}:[\w.-]+")


class UnheededEventQueue(Rule):
    """A target has a queue of events that nothing reads, or that is none.

    ## What it does

    Reports queues of targets whose crawler does not have `CRAWL_EVENT_MODE`, and queues that are not named
    by the ARN of an SQS queue.

    ## Why is this bad

    A crawler reads its queue in this mode only. In any other it looks through the whole target, and messages pile up.

    ## Example

    ```python
    from gluedsl import Crawler, S3Target, Workflow

    QUEUE = "arn:aws:sqs:eu-west-1:123456789012:sales"
    sales = Workflow("sales", role="GlueJobRole")
    sales.add(
        Crawler(
            "sales-catalog",
            database="sales",
            targets=[S3Target("s3://lake/sales/", event_queue_arn=QUEUE)],
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

    code = "CR016"
    name = "unheeded-event-queue"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each queue that cannot be read, or is not."""
        for path, crawler in walk.crawlers(context.project):
            for index, target in enumerate(crawler.targets):
                if not isinstance(target, S3Target | CatalogTarget):
                    continue
                queues = {"event_queue_arn": target.event_queue_arn, "dlq_event_queue_arn": target.dlq_event_queue_arn}
                for field, queue in queues.items():
                    if queue and is_settled(queue) and not _ARN.fullmatch(queue):
                        shown = context.words.field(S3_TARGET, field)
                        yield self.finding(
                            f"{shown} of crawler `{crawler.name}` is `{queue}`, which is not the ARN of an SQS queue",
                            context.span(*path, "targets", index),
                            help=("write `arn:aws:sqs:region:account:queue`",),
                        )
                        break
                else:
                    if any(queues.values()) and crawler.recrawl_behavior != "CRAWL_EVENT_MODE":
                        following = context.words.field(CRAWLER, "recrawl_behavior", "CRAWL_EVENT_MODE")
                        yield self.finding(
                            f"crawler `{crawler.name}` has a queue of events, and does not follow it",
                            context.span(*path, "targets", index),
                            help=(f"give {following}, or leave the queue out",),
                        )
