"""moto's S3, made to say that a bucket sends its events to EventBridge.

Comes in: `GetBucketNotificationConfiguration`. Goes out: moto's answer, with the one member that moto keeps, and acts
on, and leaves out: so no client could tell whether it has to turn it on
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html).
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from gluedsl.local.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable


def connect() -> Callable[[], None]:
    """Let moto say it, until the function that is returned is called."""
    from moto.core.responses import ActionResult  # noqa: PLC0415 -- moto is an extra
    from moto.s3.responses import S3Response  # noqa: PLC0415

    of_moto = S3Response.get_bucket_notification

    def get_bucket_notification(response: Any) -> Any:
        kept = response.backend.get_bucket_notification_configuration(response.bucket_name)
        if kept is None or kept.event_bridge is None:
            return of_moto(response)
        serialized = response.serialized
        response.serialized = lambda answer: serialized(
            ActionResult({**answer.result, "EventBridgeConfiguration": kept.event_bridge})
        )
        try:
            return of_moto(response)
        finally:
            del response.serialized

    undone = ExitStack()
    undone.enter_context(replaced(S3Response, "get_bucket_notification", get_bucket_notification))
    return undone.close
