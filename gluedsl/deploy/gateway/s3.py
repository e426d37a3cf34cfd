"""The script bucket and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway.versions import Versions, owner_of

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
        self._versions = Versions(connection)

    def state(self, bucket: Bucket) -> BucketState:
        """Say how the bucket is."""
        try:
            with self._connection.translated("s3"):
                self._s3.head_bucket(Bucket=bucket.name, **owner_of(bucket))
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
                answer = self._s3.get_bucket_tagging(Bucket=bucket.name, **owner_of(bucket))
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
        owner = owner_of(bucket)
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

    def files(self, bucket: Bucket, prefix: str) -> dict[str, bool]:
        """Return the keys with a prefix, and whether there is an object: of some there are only earlier versions."""
        found: dict[str, bool] = {}
        for version in self._versions.of(bucket, prefix):
            found[version.key] = found.get(version.key, False) or version.is_there
        return found

    def neighbours(self, bucket: Bucket, own: Collection[str]) -> tuple[str, ...]:
        """Return what is in the bucket besides some keys and folders (`a/b/`): the keys and folders that lie highest.

        Looked for a level at a time, so that what is in the folders of others does not have to be listed.
        """
        above = {key[: place + 1] for key in own for place, letter in enumerate(key[:-1]) if letter == "/"}
        for level in sorted({"", *above}, key=len):
            others = self._versions.level(bucket, level) - {*own, *above}
            if others:
                return tuple(sorted(others))
        return ()

    def upload(self, bucket: Bucket, upload: Upload) -> None:
        """Put an object into the bucket."""
        with self._connection.translated("s3"):
            self._s3.put_object(Bucket=bucket.name, Key=upload.key, Body=upload.content, **owner_of(bucket))

    def delete_file(self, bucket: Bucket, key: str) -> None:
        """Delete an object and all of its versions; fine if it is gone."""
        self._versions.delete(bucket, [version for version in self._versions.of(bucket, key) if version.key == key])

    def delete_bucket(self, bucket: Bucket) -> None:
        """Delete the bucket, which has to be empty; fine if it is gone."""
        try:
            with self._connection.translated("s3"):
                self._s3.delete_bucket(Bucket=bucket.name, **owner_of(bucket))
        except AwsError as error:
            if error.code not in _MISSING:
                raise
