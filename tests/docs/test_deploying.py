"""The page on deployment: its samples print what it shows, and its policy has what a deployment asks for."""

from __future__ import annotations

import json
import re
import shlex
import sys
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.deploy import Silence, apply, plan, plan_removal
from gluedsl.deploy.halt import Halt
from gluedsl.local import InProcessGlue, LocalGlue
from tests.support.cli import digested, process
from tests.support.deploy import whole_file
from tests.support.documented_commands import files, page, samples, write_files
from tests.support.faults import Wire
from tests.support.three_workflows import NAME, SOURCE, changed, project
from tests.support.three_workflows import files as its_files

if TYPE_CHECKING:
    from pathlib import Path

PAGE = page("deploying.md")
_S3 = {
    "CreateBucket": "CreateBucket",
    "DeleteBucket": "DeleteBucket",
    "DeleteObject": "DeleteObject",
    "DeleteObjects": "DeleteObjectVersion",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketTagging": "GetBucketTagging",
    "GetObject": "GetObject",
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutBucketTagging": "PutBucketTagging",
    "PutBucketVersioning": "PutBucketVersioning",
    "PutObject": "PutObject",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
}
"""Permissions by operation, where they have another name
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html)."""
_RARELY = {
    "glue:GetTags",  # where the index of tags lags behind
    "glue:TagResource",
    "glue:UntagResource",
    "iam:DetachRolePolicy",  # of policies that somebody attached
    "iam:PassRole",  # is asked for by Glue and EventBridge, not by a call of its own
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "events:TagResource",
    "events:UntagResource",
    "s3:DeleteObject",  # of the lock
    "s3:GetObject",
}
"""What a deployment without trouble does not need."""


@pytest.mark.slow
def test_the_samples(tmp_path: Path) -> None:
    """Each command, one after the other in one account, prints what is shown on standard output."""
    write_files(PAGE, tmp_path)
    (tmp_path / "jobs").mkdir()
    for name in ("load", "publish"):
        (tmp_path / "jobs" / f"{name}.py").write_text(f"print('{name}')\n", encoding="utf-8")
    with LocalGlue() as glue:
        for sample in samples(PAGE):
            command = [sys.executable, "-m", *shlex.split(sample.command)]
            ended = process(command, folder=tmp_path, **glue.environment())
            assert (ended.code, in_order(digested(ended.out))) == (0, in_order(sample.printed)), sample.command


def in_order(text: str) -> str:
    """Return a plan with uploads in the order of their names, not of their digests."""
    lines = text.splitlines(keepends=True)
    uploads = iter(sorted(line for line in lines if line.startswith("+ upload")))
    return "".join(next(uploads) if line.startswith("+ upload") else line for line in lines)


def test_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """It allows every call of a deployment, a change and a removal, and nothing that none of them makes."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    first = project("gluedsl-123456789012-us-east-1")
    with InProcessGlue():
        boto3.client("s3").create_bucket(Bucket=SOURCE)
        wire = Wire()
        gateway: Any = wire.gateway()

        def do(planned: Any) -> None:
            apply(planned, gateway, gateway, halt=Halt(lambda _: None), observer=Silence())

        for wanted in (first, changed(first), first):
            do(plan(wanted, its_files(), gateway, name=NAME, scope=whole_file(wanted)))
        do(plan_removal(first, gateway, name=NAME, scope=whole_file(first)))
        gateway.roles([f"role-{number}" for number in range(100)])  # as many as a large project has
    asked = {f"{service}:{_S3.get(name, name) if service == 's3' else name}" for service, name in wire.operations}
    statements = json.loads(files(PAGE)["policy.json"])["Statement"]
    allowed = {action for statement in statements for action in statement["Action"]}
    assert asked - allowed == set()
    assert allowed - asked <= _RARELY


def test_the_tags() -> None:
    """The page names each tag that there is."""
    from gluedsl.deploy import ownership  # noqa: PLC0415 -- its constants are what is looked at

    named = set(re.findall(r"`(gluedsl:[a-z]+)`", PAGE))
    assert named == {
        value for value in vars(ownership).values() if isinstance(value, str) and re.fullmatch("gluedsl:[a-z]+", value)
    }
