"""The script bucket and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.deploy.account import AwsError

if TYPE_CHECKING:
    from collections.abc import Collection

    from gluedsl.deploy.account import BucketState
    from gluedsl.deploy.gateway.connection import Connection
    from gluedsl.deploy.resources import Bucket, Upload

_READY = ("gluedsl:bucket", "ready")
"""The tag of a bucket that is set up; put on it last."""

_MISSING = frozenset({"404", "NoSuchBucket"})
_CLOSED = frozenset({"301", "403", "AccessDenied", "PermanentRedirect"})
"""Of `HeadBucket`, whose errors have no body: the code is the status
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html)."""

_FIRST_REGION = "us-east-1"
"""The one region that `CreateBucket` must not name
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html)."""


class Scripts:
    """Reads and writes the script bucket.

    A bucket that gluedsl makes is told by its name alone, and anybody can take a name: so every call says whose it has
    to be (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html).
    """

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection
        self._s3 = connection.s3

    def state(self, bucket: Bucket) -> BucketState:
        """Say how the bucket is."""
        try:
            with self._connection.translated("s3"):
                self._s3.head_bucket(Bucket=bucket.name, **_owner(bucket))
        except AwsError as error:
            if error.code in _MISSING:
                return "missing"
            if error.code in _CLOSED:
                return "foreign"
            raise
        return "ready" if not bucket.managed or _READY in self._tags(bucket).items() else "unfinished"

    def _tags(self, bucket: Bucket) -> dict[str, str]:
        try:
            with self._connection.translated("s3"):
                answer = self._s3.get_bucket_tagging(Bucket=bucket.name, **_owner(bucket))
        except AwsError as error:
            if error.code == "NoSuchTagSet":
                return {}
            raise
        return {tag["Key"]: tag["Value"] for tag in answer["TagSet"]}

    def create(self, bucket: Bucket) -> None:
        """Create the bucket and set it up."""
        region = self._connection.identity.region
        where: Any = {} if region == _FIRST_REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        try:
            with self._connection.translated("s3"):
                self._s3.create_bucket(Bucket=bucket.name, **where)
        except AwsError as error:
            if error.code != "BucketAlreadyOwnedByYou":
                raise
        self.set_up(bucket)

    def set_up(self, bucket: Bucket) -> None:
        """Make the bucket private, encrypted and versioned, and say so by a tag."""
        owner = _owner(bucket)
        tags = self._tags(bucket) | dict([_READY])
        with self._connection.translated("s3"):
            self._s3.put_public_access_block(
                Bucket=bucket.name,
                PublicAccessBlockConfiguration={
                    "BlockPublicAcls": True,
                    "IgnorePublicAcls": True,
                    "BlockPublicPolicy": True,
                    "RestrictPublicBuckets": True,
                },
                **owner,
            )
            self._s3.put_bucket_encryption(
                Bucket=bucket.name,
                ServerSideEncryptionConfiguration={
                    "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
                },
                **owner,
            )
            self._s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"}, **owner)
            self._s3.put_bucket_tagging(
                Bucket=bucket.name,
                Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]},
                **owner,
            )

    def uploaded(self, bucket: Bucket, keys: Collection[str]) -> frozenset[str]:
        """Return those keys that the bucket has.

        Listed from each wanted key on, a page at a time, so that neither many keys nor a full bucket takes many calls.
        """
        found: set[str] = set()
        left = sorted(keys)
        while left:
            with self._connection.translated("s3"):
                # A key comes right after what it is without its last letter, so a page from there on begins with it.
                page = self._s3.list_objects_v2(Bucket=bucket.name, StartAfter=left[0][:-1], **_owner(bucket))
            listed = [item["Key"] for item in page.get("Contents", [])]
            found.update(listed)
            end = listed[-1] if page["IsTruncated"] else left[-1]
            left = [key for key in left if key > end]
        return frozenset(found & set(keys))

    def upload(self, bucket: Bucket, upload: Upload) -> None:
        """Put an object into the bucket."""
        with self._connection.translated("s3"):
            self._s3.put_object(Bucket=bucket.name, Key=upload.key, Body=upload.content, **_owner(bucket))


def _owner(bucket: Bucket) -> Any:
    return {"ExpectedBucketOwner": bucket.account} if bucket.managed else {}
