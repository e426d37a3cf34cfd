"""The object in the script bucket that says who is deploying, written only by who knows what it is.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.deploy.account import AwsError

if TYPE_CHECKING:
    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import Bucket

_MISSING = frozenset({"NoSuchKey", "404"})
_FASTER = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409", *_MISSING})
"""Somebody else has written, deleted, or is just about to."""


class Locks:
    """Reads and writes locks."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._s3 = connection.s3

    def read(self, bucket: Bucket, key: str) -> tuple[bytes, str] | None:
        """Return what a lock says, and its version; None: there is none."""
        try:
            with self._connection.translated("s3"):
                answer = self._s3.get_object(Bucket=bucket.name, Key=key, **_owner(bucket))
                return answer["Body"].read(), answer["ETag"]
        except AwsError as error:
            if error.code in _MISSING:
                return None
            raise

    def write(self, bucket: Bucket, key: str, content: bytes, *, version: str | None) -> str | None:
        """Write a lock if it is still of that version (None: not there); return its new one; None: it is not."""
        condition: Any = {"IfNoneMatch": "*"} if version is None else {"IfMatch": version}
        try:
            with self._connection.translated("s3"):
                answer = self._s3.put_object(Bucket=bucket.name, Key=key, Body=content, **condition, **_owner(bucket))
        except AwsError as error:
            if error.code in _FASTER:
                return None
            raise
        return answer["ETag"]

    def delete(self, bucket: Bucket, key: str, *, version: str) -> None:
        """Delete a lock if it is still of that version."""
        try:
            with self._connection.translated("s3"):
                self._s3.delete_object(Bucket=bucket.name, Key=key, IfMatch=version, **_owner(bucket))
        except AwsError as error:
            if error.code not in _FASTER:
                raise


def _owner(bucket: Bucket) -> Any:
    return {"ExpectedBucketOwner": bucket.account} if bucket.managed else {}
