"""S3 for tests, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError
from gluedsl.testing.told import told

if TYPE_CHECKING:
    from collections.abc import Callable


class Lake:
    """Objects by their `s3://` URIs, in whatever boto3 reaches; buckets are made when they are written to."""

    def __init__(self, client: Callable[[str], Any]) -> None:
        self._client = client

    @told
    def put(self, uri: str, content: str | bytes) -> None:
        """Store an object; text is stored in UTF-8."""
        bucket, key = _parts(uri)
        s3 = self._client("s3")
        if bucket not in {found["Name"] for found in s3.list_buckets()["Buckets"]}:
            region = s3.meta.region_name
            place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            s3.create_bucket(Bucket=bucket, **place)
        s3.put_object(Bucket=bucket, Key=key, Body=content.encode() if isinstance(content, str) else content)

    @told
    def read(self, uri: str) -> str:
        """Return an object as text.

        Raises:
            UsageError: there is no such object.
        """
        bucket, key = _parts(uri)
        s3 = self._client("s3")
        try:
            body: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        except (s3.exceptions.NoSuchKey, s3.exceptions.NoSuchBucket):
            message = f"there is no object {uri}"
            there = self.uris(f"s3://{bucket}/")
            hint = f"there is {', '.join(there)}" if there else "the bucket is empty, or there is none"
            raise UsageError(message, hint=hint) from None
        return body.decode()

    @told
    def uris(self, prefix: str) -> list[str]:
        """Return the objects whose URIs begin with `prefix`, in order; none if there is no such bucket."""
        bucket, _, key = prefix.removeprefix("s3://").partition("/")
        s3 = self._client("s3")
        if bucket not in {found["Name"] for found in s3.list_buckets()["Buckets"]}:
            return []
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
        return [f"s3://{bucket}/{found['Key']}" for page in pages for found in page.get("Contents", ())]


def _parts(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    if not uri.startswith("s3://") or not bucket or not key:
        message = f"{uri} names no object"
        raise UsageError(message, hint="an object is s3://bucket/key")
    return bucket, key
