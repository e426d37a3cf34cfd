"""The script bucket, its files and its locks through boto3, and the index of tags where it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import boto3
import pytest

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway import Gateway
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.deploy.resources import Bucket
from gluedsl.local import InProcessGlue
from tests.support.faults import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = Bucket(name="scripts", account="123456789012", managed=True)
KEY = "gluedsl/x/lock.json"


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
    third = locks.write(BUCKET, KEY, b"3", version=None)
    assert third is not None
    locks.delete(BUCKET, KEY, version=third)


def test_the_index_of_tags_may_be_closed(wire: Wire, gateway: Gateway) -> None:
    """Who may not ask it, or cannot reach it, is told nothing by it."""
    boto3.client("glue").create_workflow(Name="w", Tags={"a": "b"})
    assert gateway.index({"a": "b"}) == {("AWS::Glue::Workflow", "w"): {"a": "b"}}
    wire.refuse = lambda operation, _: ("AccessDeniedException", "no") if operation == "GetResources" else None
    assert gateway.index({"a": "b"}) == {}


@pytest.mark.usefixtures("wire")
def test_files_are_what_is_there_and_what_was() -> None:
    """Every key below a folder, page by page; of some there are only earlier versions, or the mark of a deletion."""
    connection = Connection(profile=None, region=None, endpoint_url=None)
    connection.s3.meta.events.register(
        "provide-client-params.s3.ListObjectVersions", lambda params, **_: params | {"MaxKeys": 5}
    )
    gateway = Gateway(connection)
    s3 = boto3.client("s3")
    keys = [f"gluedsl/p/files/{number:04}/job.py" for number in range(23)]
    for key in keys:
        s3.put_object(Bucket=BUCKET.name, Key=key, Body=b"")
    s3.delete_object(Bucket=BUCKET.name, Key=keys[0])
    s3.put_object(Bucket=BUCKET.name, Key="gluedsl/pp/files/0000/job.py", Body=b"")
    assert gateway.files(BUCKET, "gluedsl/p/files/") == {keys[0]: False} | dict.fromkeys(keys[1:], True)
    for key in keys:
        gateway.delete_file(BUCKET, key)
    gateway.delete_file(BUCKET, keys[0])
    assert gateway.files(BUCKET, "gluedsl/p/") == {}
    assert gateway.files(BUCKET, "gluedsl/pp/") == {"gluedsl/pp/files/0000/job.py": True}


def test_a_file_is_deleted_with_all_its_versions_and_alone(gateway: Gateway) -> None:
    """Earlier versions and marks of deletions go; a key that begins like it stays."""
    s3 = boto3.client("s3")
    for body in (b"1", b"2"):
        s3.put_object(Bucket=BUCKET.name, Key="gluedsl/v/a.py", Body=body)
    s3.delete_object(Bucket=BUCKET.name, Key="gluedsl/v/a.py")
    s3.put_object(Bucket=BUCKET.name, Key="gluedsl/v/a.py", Body=b"3")
    s3.put_object(Bucket=BUCKET.name, Key="gluedsl/v/a.pyc", Body=b"")
    gateway.delete_file(BUCKET, "gluedsl/v/a.py")
    assert [key for key, _ in versions("gluedsl/v/")] == ["gluedsl/v/a.pyc"]


def test_a_version_that_cannot_be_deleted(wire: Wire, gateway: Gateway) -> None:
    """S3 answers for each version by itself: the first refusal is told, with the permission that is missing."""
    boto3.client("s3").put_object(Bucket=BUCKET.name, Key="gluedsl/held.py", Body=b"")
    wire.answers["DeleteObjects"] = {"Errors": [{"Key": "gluedsl/held.py", "Code": "AccessDenied", "Message": "no"}]}
    with pytest.raises(AwsError) as error:
        gateway.delete_file(BUCKET, "gluedsl/held.py")
    wire.answers.clear()
    assert (error.value.message, error.value.hint) == (
        "DeleteObjects: AccessDenied: no",
        "allow these credentials `s3:DeleteObjectVersion`",
    )
    gateway.delete_file(BUCKET, "gluedsl/held.py")


@pytest.mark.parametrize("keeping", ["Enabled", "Suspended", None])
def test_a_lock_leaves_nothing(gateway: Gateway, keeping: Literal["Enabled", "Suspended"] | None) -> None:
    """However often it was written, whether or not the bucket keeps versions."""
    bucket = Bucket(name=f"locks-{keeping}".lower(), account="123456789012", managed=False)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=bucket.name)
    if keeping:
        s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": keeping})
    version = gateway.locks.write(bucket, KEY, b"0", version=None)
    for beat in (b"1", b"2"):
        version = gateway.locks.write(bucket, KEY, beat, version=version)
    assert version is not None
    s3.put_object(Bucket=bucket.name, Key=f"{KEY}.txt", Body=b"")
    gateway.locks.delete(bucket, KEY, version=version)
    assert [key for key, _ in versions("", bucket.name)] == [f"{KEY}.txt"]


def test_a_lock_that_somebody_else_takes_at_once_stays_theirs(wire: Wire, gateway: Gateway) -> None:
    """What is removed with a lock is what was there before: never the lock of whoever came in between."""
    first = gateway.locks.write(BUCKET, "gluedsl/race/lock.json", b"ours", version=None)
    assert first is not None

    def meanwhile(operation: str, _: object) -> None:
        if operation == "ListObjectVersions":
            boto3.client("s3").put_object(Bucket=BUCKET.name, Key="gluedsl/race/lock.json", Body=b"theirs")

    wire.refuse = meanwhile
    gateway.locks.delete(BUCKET, "gluedsl/race/lock.json", version=first)
    wire.refuse = lambda _operation, _request: None
    assert len(versions("gluedsl/race/")) == 1
    found = gateway.locks.read(BUCKET, "gluedsl/race/lock.json")
    assert found is not None
    assert found[0] == b"theirs"
    gateway.locks.delete(BUCKET, "gluedsl/race/lock.json", version=found[1])


def test_who_else_is_in_a_bucket(gateway: Gateway) -> None:
    """What lies highest is told, also what is there only as an earlier version; what is our own is not."""
    bucket = Bucket(name="shared-scripts", account="123456789012", managed=True)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=bucket.name)
    s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    own = ("gluedsl/p/files/", "gluedsl/p/lock.json")

    def put(*keys: str) -> None:
        for key in keys:
            s3.put_object(Bucket=bucket.name, Key=key, Body=b"")

    assert gateway.neighbours(bucket, own) == ()
    put("gluedsl/p/files/01/a.py", "gluedsl/p/lock.json", "gluedsl/p/lock.json")
    assert gateway.neighbours(bucket, own) == ()
    put("gluedsl/p/stages/dev/files/01/a.py", "gluedsl/p/stages/prod/files/01/a.py")
    assert gateway.neighbours(bucket, own) == ("gluedsl/p/stages/",)
    dev = ("gluedsl/p/stages/dev/files/", "gluedsl/p/stages/dev/lock.json")
    assert gateway.neighbours(bucket, dev) == ("gluedsl/p/files/", "gluedsl/p/lock.json")
    put("gluedsl/q/files/01/a.py", "gluedsl/other.txt")
    s3.delete_object(Bucket=bucket.name, Key="gluedsl/q/files/01/a.py")
    assert gateway.neighbours(bucket, own) == ("gluedsl/other.txt", "gluedsl/q/")
    put("data.csv")
    assert gateway.neighbours(bucket, own) == ("data.csv",)


def test_a_bucket_is_deleted_if_nothing_is_in_it(gateway: Gateway) -> None:
    """What came in meanwhile is told in one line, and stays; a bucket that is gone is no matter."""
    bucket = Bucket(name="empty-scripts", account="123456789012", managed=True)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=bucket.name)
    s3.put_object(Bucket=bucket.name, Key="theirs", Body=b"")
    with pytest.raises(AwsError) as error:
        gateway.delete_bucket(bucket)
    assert (error.value.message, error.value.hint) == (
        "DeleteBucket: BucketNotEmpty: The bucket you tried to delete is not empty",
        "somebody has put something into it meanwhile, so it stays; `gluedsl destroy` says whose it is",
    )
    s3.delete_object(Bucket=bucket.name, Key="theirs")
    gateway.delete_bucket(bucket)
    assert gateway.bucket(bucket) == "missing"
    gateway.delete_bucket(bucket)


def versions(prefix: str, bucket: str = BUCKET.name) -> list[tuple[str, str]]:
    """Return the keys and ids of all versions and marks below a prefix."""
    page = boto3.client("s3").list_object_versions(Bucket=bucket, Prefix=prefix)
    return [(its["Key"], its["VersionId"]) for its in (*page.get("Versions", []), *page.get("DeleteMarkers", []))]


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
