"""Files in S3, read for a job."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client


class UnreadableObjectError(Exception):
    """An S3 object cannot be had; the text says which and why."""


def download(s3: S3Client, uri: str, folder: Path) -> Path:
    """Put an S3 object into a folder, under the last part of its key."""
    scheme, _, rest = uri.partition("://")
    bucket, _, key = rest.partition("/")
    name = PurePosixPath(key).name
    if scheme not in {"s3", "s3a", "s3n"} or not bucket or name in {"", ".", ".."}:
        message = f"{uri} is not the URI of an S3 object"
        raise UnreadableObjectError(message)
    target = folder / name
    try:
        s3.download_file(bucket, key, str(target))
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown error")
        reason = "there is no such object" if code in {"404", "NoSuchKey", "NoSuchBucket"} else code
        message = f"{uri} cannot be read: {reason}"
        raise UnreadableObjectError(message) from error
    except BotoCoreError as error:
        message = f"{uri} cannot be read: {error}"
        raise UnreadableObjectError(message) from error
    return target
