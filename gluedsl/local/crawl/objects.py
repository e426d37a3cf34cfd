"""S3 as a crawl sees it: which objects lie under an include path, and the beginning or the end of one.

Comes in: an ordinary boto3 client. Goes out: keys, sizes, bytes. Nothing is written, no object is read whole
unless it is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from gluedsl.local.crawl.failure import CrawlError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from gluedsl.local.crawl.definition import S3Place


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Object:
    """One object."""

    bucket: str
    key: str
    size: int

    @property
    def uri(self) -> str:
        """Its address."""
        return f"s3://{self.bucket}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What lies under an include path."""

    objects: tuple[S3Object, ...]
    """In the order of their keys, without folder markers, empty objects and what is excluded."""
    empty: tuple[S3Object, ...]
    """Objects of no bytes."""


def list_objects(s3: S3Client, place: S3Place) -> Listing:
    """Return what an include path names: the object of that key, or all below it."""
    found: list[S3Object] = []
    try:
        for page in s3.get_paginator("list_objects_v2").paginate(
            Bucket=place.bucket, Prefix=place.prefix if place.folder_only else place.key
        ):
            found += [
                S3Object(bucket=place.bucket, key=member["Key"], size=member["Size"])
                for member in page.get("Contents", [])
            ]
    except ClientError as error:
        raise _failed(error, place.bucket) from error
    if not place.folder_only and (single := [o for o in found if o.key == place.key]):
        found = single
    else:
        found = [
            o
            for o in found
            if o.key.startswith(place.prefix)
            and not o.key.endswith("/")
            and not place.excludes(o.key.removeprefix(place.prefix))
        ]
    return Listing(objects=tuple(o for o in found if o.size), empty=tuple(o for o in found if not o.size))


def read_bytes(s3: S3Client, member: S3Object, start: int, end: int) -> bytes:
    """Return the bytes from `start` up to, not including, `end`."""
    try:
        answer = s3.get_object(Bucket=member.bucket, Key=member.key, Range=f"bytes={start}-{min(end, member.size) - 1}")
        return answer["Body"].read()
    except ClientError as error:
        raise _failed(error, member.bucket) from error


def _failed(error: ClientError, bucket: str) -> CrawlError:
    if error.response.get("Error", {}).get("Code") == "NoSuchBucket":
        # https://github.com/hashicorp/terraform-provider-aws/pull/34530
        return CrawlError(f"S3 bucket {bucket} does not exist.")
    return CrawlError(str(error))
