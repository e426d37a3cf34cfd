"""The object in the script bucket that says who is deploying, written only by who knows what it is.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway.versions import Versions, owner_of

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
        self._versions = Versions(connection)

    def read(self, bucket: Bucket, key: str) -> tuple[bytes, str] | None:
        """Return what a lock says, and its version; None: there is none."""
        try:
            with self._connection.translated("s3"):
                answer = self._connection.s3_brief.get_object(Bucket=bucket.name, Key=key, **owner_of(bucket))
                return answer["Body"].read(), answer["ETag"]
        except AwsError as error:
            if error.code in _MISSING:
                return None
            raise

    def write(self, bucket: Bucket, key: str, content: bytes, *, version: str | None) -> str | None:
        """Write a lock if it is still of that version (None: not there); return its new one; None: it is not."""
        condition: Any = {"IfNoneMatch": "*"} if version is None else {"IfMatch": version}
        # A lock that is held is written again and again: better lost than late.
        s3 = self._connection.s3 if version is None else self._connection.s3_brief
        try:
            with self._connection.translated("s3"):
                answer = s3.put_object(Bucket=bucket.name, Key=key, Body=content, **condition, **owner_of(bucket))
        except AwsError as error:
            if error.code in _FASTER:
                return None
            raise
        return answer["ETag"]

    def delete(self, bucket: Bucket, key: str, *, version: str) -> None:
        """Delete a lock if it is still of that version; where the bucket keeps versions, with all that it kept."""
        try:
            with self._connection.translated("s3"):
                answer = self._connection.s3.delete_object(
                    Bucket=bucket.name, Key=key, IfMatch=version, **owner_of(bucket)
                )
            keeps_versions = answer.get("DeleteMarker", False)
        except AwsError as error:
            if error.code not in _FASTER:
                raise
            keeps_versions = True  # it may: an earlier try whose answer was lost would have left its mark
        if keeps_versions:
            # A version that is there is the lock of somebody else, who came meanwhile.
            kept = [it for it in self._versions.of(bucket, key) if it.key == key and not it.is_there]
            self._versions.delete(bucket, kept)
