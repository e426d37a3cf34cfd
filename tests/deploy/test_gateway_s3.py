"""The script bucket and its locks through boto3, and the index of tags where it is closed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.deploy.gateway.connection import Connection
from gluedsl.deploy.gateway.s3 import Scripts
from gluedsl.deploy.resources import Bucket
from gluedsl.local import InProcessGlue
from tests.support.faults import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.deploy.gateway import Gateway

BUCKET = Bucket(name="scripts", account="123456789012", managed=True)
KEY = "gluedsl/locks/x.json"


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """Return a wire to an account with a bucket."""
    with pytest.MonkeyPatch.context() as patch, InProcessGlue():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "none")
        boto3.client("s3").create_bucket(Bucket=BUCKET.name)
        boto3.client("s3").put_bucket_versioning(Bucket=BUCKET.name, VersioningConfiguration={"Status": "Enabled"})
        yield Wire()


@pytest.fixture(scope="module")
def gateway(wire: Wire) -> Gateway:
    """Return a gateway over it."""
    return wire.gateway()


def test_a_lock_is_written_only_by_who_knows_it(gateway: Gateway) -> None:
    """Taken once, kept by its holder, given back once; and taken again in a bucket that keeps versions."""
    locks = gateway.locks
    assert locks.read(BUCKET, KEY) is None
    first = locks.write(BUCKET, KEY, b"1", version=None)
    assert first is not None
    assert locks.write(BUCKET, KEY, b"2", version=None) is None
    assert locks.write(BUCKET, KEY, b"2", version='"another"') is None
    second = locks.write(BUCKET, KEY, b"2", version=first)
    assert second is not None
    assert locks.read(BUCKET, KEY) == (b"2", second)
    locks.delete(BUCKET, KEY, version=first)
    assert locks.read(BUCKET, KEY) == (b"2", second)
    locks.delete(BUCKET, KEY, version=second)
    locks.delete(BUCKET, KEY, version=second)
    assert locks.read(BUCKET, KEY) is None
    assert locks.write(BUCKET, KEY, b"3", version=second) is None
    assert locks.write(BUCKET, KEY, b"3", version=None) is not None


def test_the_index_of_tags_may_be_closed(wire: Wire, gateway: Gateway) -> None:
    """Who may not ask it, or cannot reach it, is told nothing by it."""
    boto3.client("glue").create_workflow(Name="w", Tags={"a": "b"})
    assert gateway.index({"a": "b"}) == {("AWS::Glue::Workflow", "w"): {"a": "b"}}
    wire.refuse = lambda operation, _: ("AccessDeniedException", "no") if operation == "GetResources" else None
    assert gateway.index({"a": "b"}) == {}


def test_files_are_looked_for_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither many wanted files nor a bucket full of others takes many calls."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    connection: Any = Connection(profile=None, region="us-east-1", endpoint_url=None)
    there = [f"gluedsl/{number:04}/job.py" for number in range(0, 1000, 2)]
    asked: list[str] = []

    def list_objects_v2(StartAfter: str, **_: object) -> dict[str, Any]:  # noqa: N803 -- the API's own spelling
        asked.append(StartAfter)
        after = [key for key in there if key > StartAfter]
        return {"Contents": [{"Key": key} for key in after[:10]], "IsTruncated": len(after) > 10}

    connection.s3 = SimpleNamespace(list_objects_v2=list_objects_v2)
    scripts = Scripts(connection)
    near = [f"gluedsl/{number:04}/job.py" for number in range(20, 30)]
    assert scripts.uploaded(BUCKET, near) == set(near[::2])
    assert len(asked) == 1
    asked.clear()
    far = ["gluedsl/0000/job.py", "gluedsl/0500/job.py", "gluedsl/0999/job.py", "gluedsl/9999/job.py"]
    assert scripts.uploaded(BUCKET, far) == {"gluedsl/0000/job.py", "gluedsl/0500/job.py"}
    assert len(asked) == 3
    assert scripts.uploaded(BUCKET, []) == frozenset()


@pytest.mark.parametrize(
    ("code", "state"), [("AccessDenied", "closed"), ("NoSuchBucket", "missing"), ("404", "missing")]
)
def test_a_bucket_whose_notifications_cannot_be_read(wire: Wire, gateway: Gateway, code: str, state: str) -> None:
    """What is closed is told from what is not there."""
    wire.refuse = lambda operation, _: (code, "no") if operation.startswith("GetBucketNotification") else None
    assert gateway.source("anything") == state


@pytest.mark.parametrize(("code", "state"), [("403", "foreign"), ("404", "missing")])
def test_a_bucket_of_somebody_else(wire: Wire, gateway: Gateway, code: str, state: str) -> None:
    """A bucket that these credentials may not look at is somebody else's."""
    wire.refuse = lambda operation, _: (code, "no") if operation == "HeadBucket" else None
    assert gateway.bucket(BUCKET) == state
