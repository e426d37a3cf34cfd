"""A script bucket that is another account's: two accounts of moto's, whose S3 lets none into the other's buckets."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local import LocalGlue
from tests.support.cli import EXAMPLES, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

TAKEN = "gluedsl-123456789012-us-east-1"
"""What gluedsl calls its bucket in the account of the local Glue: anybody can take a name."""
SETTINGS = '[project]\nname = "lakehouse"\nversion = "1"\n\n[tool.gluedsl]\n'


@pytest.fixture(scope="module")
def local() -> Iterator[LocalGlue]:
    """A local Glue, and buckets that another account has made."""
    with pytest.MonkeyPatch.context() as patch, LocalGlue() as glue:
        sts = glue.session().client("sts")
        role = "arn:aws:iam::210987654321:role/theirs"
        keys: Any = sts.assume_role(RoleArn=role, RoleSessionName="theirs")["Credentials"]
        s3 = glue.session().client(
            "s3",
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )
        for name in (TAKEN, "their-scripts"):
            s3.create_bucket(Bucket=name)
        patch.setenv("MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS", "false")
        yield glue


@pytest.mark.parametrize(
    ("setting", "bucket"), [("", TAKEN), ('script_bucket = "their-scripts"\n', "their-scripts")], ids=["own", "named"]
)
def test_it_is_refused(local: LocalGlue, tmp_path: Path, setting: str, bucket: str) -> None:
    """Plan and deployment say whose it is in one line, with what to do; nothing is done."""
    shutil.copytree(EXAMPLES / "02_three_steps", tmp_path, dirs_exist_ok=True)
    (tmp_path / "pyproject.toml").write_text(SETTINGS + setting, encoding="utf-8")
    refusal = f"bucket `{bucket}` is somebody else's, or closed to these credentials"
    hint = "configure a script bucket that these credentials may list and write to"

    planned = start("plan", folder=tmp_path, **local.environment())
    assert (planned.code, planned.err) == (1, "")
    assert planned.out.splitlines()[-3:-1] == [f"error: {refusal}", f"    hint: {hint}"]

    deployed = start("deploy", "--yes", folder=tmp_path, **local.environment())
    assert (deployed.code, deployed.err) == (3, f"error: nothing was deployed: {refusal}\n  hint: {hint}\n")

    destroyed = start("destroy", "--yes", folder=tmp_path, **local.environment())
    assert (destroyed.code, destroyed.out.splitlines()[-1]) == (
        0,
        "Plan: 0 to create, 0 to update, 0 to delete, 0 unchanged.",
    )
    assert local.session().client("glue").list_jobs()["JobNames"] == []
