"""Many threads at once over moto, which was made for one."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3

from gluedsl.local.in_process import InProcessGlue

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def restless() -> Iterator[None]:
    """Let threads take turns as often as can be, so that they meet wherever they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def test_versions_are_listed_while_others_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads put, list and delete versions of objects in one bucket, and each is answered."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with InProcessGlue(), restless():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="scripts")
        s3.put_bucket_versioning(Bucket="scripts", VersioningConfiguration={"Status": "Enabled"})

        def busy(number: int) -> None:
            for turn in range(25):
                key = f"{number}/{turn}"
                s3.put_object(Bucket="scripts", Key=key, Body=b"")
                versions = s3.list_object_versions(Bucket="scripts")["Versions"]
                mine = next(one for one in versions if one["Key"] == key)
                s3.delete_object(Bucket="scripts", Key=key, VersionId=mine["VersionId"])

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(busy, range(8)))
        assert "Versions" not in s3.list_object_versions(Bucket="scripts")
