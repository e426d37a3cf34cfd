"""Which of AWS's errors pass by themselves, and how long it is worth to wait for that.

The errors of each operation: https://docs.aws.amazon.com/glue/latest/webapi/API_Operations.html. How long each lasts is
not documented: the bounds are our own, in minutes where AWS's own consistency is waited for, longer for a crawl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.deploy.account import AwsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Patience:
    """Why to wait, and for how many seconds at most."""

    reason: str
    seconds: int


_THROTTLED = Patience("AWS asks for fewer requests a second", 120)
_CONCURRENT = Patience("another change of the same workflow is under way", 180)
_SLOW = Patience("AWS could not finish in time", 120)
_ROLE = Patience("a new role is not known everywhere yet", 120)
_CRAWL = Patience("the crawler is running", 900)

_BY_CODE = {
    "ThrottlingException": _THROTTLED,
    "Throttling": _THROTTLED,
    "TooManyRequestsException": _THROTTLED,
    "RequestLimitExceeded": _THROTTLED,
    "SlowDown": _THROTTLED,
    "ConcurrentModificationException": _CONCURRENT,
    "ConcurrentModification": Patience("another change of the same role is under way", 120),
    "EntityTemporarilyUnmodifiable": Patience("another change of the same role is under way", 120),
    # Of a bucket that was deleted, S3 gives the name away again only after a while
    # (https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html).
    "OperationAborted": Patience("another change of the same bucket is under way", 900),
    "InternalError": _SLOW,
    "OperationTimeoutException": _SLOW,
    "InternalServiceException": _SLOW,
    "CrawlerRunningException": _CRAWL,
    "CrawlerStoppingException": _CRAWL,
    "SchedulerTransitioningException": Patience("the crawler's schedule is changing", 120),
}

_ROLE_TEXT = re.compile(r"unable to assume|assume role permissions|verify (the )?role's TrustPolicy", re.IGNORECASE)
"""What Glue says of a role that IAM has not told it of yet: Terraform tries again on the same texts
(https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/glue/crawler.go and `dev_endpoint.go`
beside it)."""


def patience_with(error: AwsError) -> Patience | None:
    """Return how long to wait for an error to pass; None: it will not."""
    if error.code == "InvalidInputException" and _ROLE_TEXT.search(error.text):
        return _ROLE
    return _BY_CODE.get(error.code)


def patiently(call: Callable[[], None], wait: Callable[[str, float], None]) -> None:
    """Call, and call again while the error is one that passes; `wait` is given the reason and the seconds."""
    left: dict[Patience, Iterator[float]] = {}
    while True:
        try:
            return call()
        except AwsError as error:
            patience = patience_with(error)
            if patience is None:
                raise
            pause = next(left.setdefault(patience, pauses(patience.seconds)), None)
            if pause is None:
                text = f"{error.text} (waited {patience.seconds} seconds for it to pass)"
                raise AwsError(error.operation, error.code, text, retried=True, hint=error.hint) from error
            wait(patience.reason, pause)


def pauses(seconds: float) -> Iterator[float]:
    """Yield the pauses between tries, ever longer, `seconds` together."""
    left, pause = seconds, 1.0
    while left > 0:
        pause = min(pause, left)
        yield pause
        left -= pause
        pause = min(pause * 2, 15.0)
