"""moto's S3, made to forget the tags of a bucket with the bucket.

moto keeps tags by the bucket's name, and gives them to whoever creates it again. What gluedsl says in a tag of a bucket
that it has set up would be said of one that nobody has set up yet. On AWS a new bucket has no tags
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html).
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from gluedsl.local.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable


def connect() -> Callable[[], None]:
    """Let moto do so, until the function that is returned is called."""
    from moto.s3.models import S3Backend  # noqa: PLC0415 -- moto is an extra

    deleting = S3Backend.delete_bucket

    def delete_bucket(backend: Any, bucket_name: str) -> Any:
        deleted = deleting(backend, bucket_name)
        if deleted is not None:
            backend.tagger.delete_all_tags_for_resource(deleted.arn)
        return deleted

    undone = ExitStack()
    undone.enter_context(replaced(S3Backend, "delete_bucket", delete_bucket))
    return undone.close
