"""The AWS CLI's `cloudformation deploy` against the local Glue."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cloudformation import job, nightly

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cloudformation import Stacks

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("awscli") is None, reason="the AWS CLI is not installed"),
]


def test_deploy(stacks: Stacks, tmp_path: Path) -> None:
    """It deploys, says that there is nothing to deploy, and ends with an error where a deployment fails."""
    template = tmp_path / "template.json"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_PAGER": ""} | stacks.local.environment()

    def deploy(resources: dict[str, object]) -> tuple[int, str]:
        template.write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        command = [sys.executable, "-W", "ignore", "-m", "awscli", "cloudformation", "deploy"]
        done = subprocess.run(
            [*command, "--no-fail-on-empty-changeset", "--stack-name", "app", "--template-file", str(template)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        # It names change sets by the second, and leaves them: two within a second would get into each other's way.
        for left in stacks.cloudformation.list_change_sets(StackName="app")["Summaries"]:
            stacks.cloudformation.delete_change_set(ChangeSetName=left["ChangeSetId"])
        return done.returncode, done.stdout + done.stderr

    code, written = deploy(nightly())
    assert (code, stacks.status()) == (0, "CREATE_COMPLETE"), written
    assert "Successfully created/updated stack - app" in written

    code, written = deploy(nightly())
    assert (code, "No changes to deploy. Stack app is up to date" in written) == (0, True), written

    code, written = deploy(nightly() | {"Bad": job("bad", Timeout=20_000)})
    assert (code, stacks.status()) == (255, "UPDATE_ROLLBACK_COMPLETE"), written

    code, written = deploy(nightly() | {"More": job("more")})
    assert (code, stacks.names()["jobs"]) == (0, ["load", "more"]), written
