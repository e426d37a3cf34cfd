"""What a bucket has of its objects: those that are there, earlier versions, and the marks that deletions leave.

A bucket that keeps versions forgets nothing until it is told which version to forget
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html). One that does not keep them
answers as if each object had one version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway.connection import hint_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import Bucket

_MOST = 1000
"""Versions in one request (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an object, or the mark of a deletion."""

    key: str
    id: str
    is_there: bool
    """Whether it is what a reader of the key gets."""


class Versions:
    """Reads and deletes versions."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._s3 = connection.s3

    def of(self, bucket: Bucket, prefix: str) -> Iterator[Version]:
        """Yield all versions of the keys with a prefix."""
        for page in self._pages(bucket, Prefix=prefix):
            for item in page.get("Versions", []):
                yield Version(key=item["Key"], id=item["VersionId"], is_there=item["IsLatest"])
            for item in page.get("DeleteMarkers", []):
                # A mark without an id of its own, as where versions were kept once, cannot be told from what is
                # written in its place meanwhile.
                if item["VersionId"] != "null":
                    yield Version(key=item["Key"], id=item["VersionId"], is_there=False)

    def level(self, bucket: Bucket, folder: str) -> set[str]:
        """Return the keys and the folders right below a folder."""
        found: set[str] = set()
        for page in self._pages(bucket, Prefix=folder, Delimiter="/"):
            found |= {item["Key"] for item in (*page.get("Versions", []), *page.get("DeleteMarkers", []))}
            found |= {item["Prefix"] for item in page.get("CommonPrefixes", [])}
        return found

    def _pages(self, bucket: Bucket, **which: str) -> Iterator[Any]:
        with self._connection.translated("s3"):
            pages: Any = self._s3.get_paginator("list_object_versions")
            yield from pages.paginate(Bucket=bucket.name, **which, **owner_of(bucket))

    def delete(self, bucket: Bucket, versions: Sequence[Version]) -> None:
        """Delete versions; what is written meanwhile is another one, where a bucket keeps them."""
        for first in range(0, len(versions), _MOST):
            some = versions[first : first + _MOST]
            its: Any = [{"Key": version.key, "VersionId": version.id} for version in some]
            with self._connection.translated("s3"):
                answer = self._s3.delete_objects(
                    Bucket=bucket.name, Delete={"Objects": its, "Quiet": True}, **owner_of(bucket)
                )
            for error in answer.get("Errors", []):
                operation, code = "DeleteObjects", error.get("Code", "Unknown")
                raise AwsError(
                    operation, code, error.get("Message", error.get("Key", "")), hint=hint_for("s3", operation, code)
                )


def owner_of(bucket: Bucket) -> Any:
    """Return the condition that a bucket of gluedsl's is this account's."""
    return {"ExpectedBucketOwner": bucket.account} if bucket.managed else {}
