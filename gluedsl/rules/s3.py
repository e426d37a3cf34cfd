"""What is wrong with a text that should be the URI of something in S3.

Only what no bucket was ever called is wrong: those of before 2018 have up to 255 characters, of either case
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
"""

from __future__ import annotations

import re

_URI = re.compile(r"s3[an]?://([^/]*)(?:/(.*))?", re.DOTALL)
_BUCKET = re.compile(r"[A-Za-z0-9._-]{3,255}")
_FILLED_IN = re.compile(r"\$\{|\{\{")
"""How a reference begins that a deployment fills in."""
_SHORTEST = 3


def s3_fault(uri: str, *, needs_key: bool = False) -> str:
    """Return what is wrong with a URI, as the end of a sentence; nothing if S3 can have such a thing."""
    found = _URI.fullmatch(uri)
    if found is None:
        return "" if _FILLED_IN.match(uri) else "is not in S3"
    bucket, key = found.groups()
    if not bucket:
        return "names no bucket"
    if not _is_open(bucket):
        if len(bucket) < _SHORTEST:
            return f"names the bucket `{bucket}`, and the name of a bucket has 3 to 63 characters"
        if not _BUCKET.fullmatch(bucket):
            return f"names the bucket `{bucket}`, and no bucket is called so"
    return "names a bucket, and no file in it" if needs_key and not key else ""


def _is_open(bucket: str) -> bool:
    """Whether what stands for a bucket is a reference, the ARN of an access point, or any bucket."""
    return _FILLED_IN.search(bucket) is not None or bucket.startswith(("arn:", "%"))
