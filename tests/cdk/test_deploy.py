"""The CDK's own command line against a local Glue: the whole cycle, and deployments that fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gluedsl.local import LocalGlue
from tests.support.cloudformation import Stacks, job, nightly, trigger
from tools.cdk_demo import COMMAND_LINE, QUIET, Failure, changed, require, require_node

ROOT = Path(__file__).parents[2]
PLACE = "aws://123456789012/us-east-1"


def _missing() -> str:
    """Return what the command line lacks here; nothing: it can run."""
    try:
        require_node()
    except Failure as failure:
        return str(failure)
    return ""


needs_command_line = pytest.mark.skipif(bool(_missing()), reason=_missing() or "it is here")


class Assembly:
    """A cloud assembly with one stack, as `cdk synth` writes one, and the command line on it."""

    def __init__(self, glue: LocalGlue, folder: Path) -> None:
        self.folder = folder
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(folder)} | glue.environment() | QUIET
        properties = {"templateFile": "App.template.json", "validateOnSynth": False}
        stack = {"type": "aws:cloudformation:stack", "environment": PLACE, "properties": properties}
        manifest = {"version": "48.0.0", "artifacts": {"App": stack}}
        folder.joinpath("manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def deploy(self, resources: dict[str, Any]) -> tuple[int, str]:
        """Deploy a template; return exit code and what was written."""
        self.folder.joinpath("App.template.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        return self.run("deploy", "--require-approval", "never")

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command; return exit code and what was written."""
        command = ["node", COMMAND_LINE, *arguments, "--app", str(self.folder)]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False, timeout=120
        )
        return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
@needs_command_line
def test_the_whole_cycle() -> None:
    """Bootstrap, deploy, run, change, diff, deploy and destroy: what `make cdk-demo` shows."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.cdk_demo"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "COMPLETED, outcome SUCCEEDED" in done.stdout
    assert "    nothing is left\n" in done.stdout


@pytest.mark.slow
@needs_command_line
def test_deployments_that_fail(tmp_path: Path) -> None:
    """A deployment that fails ends with 1, says why, and is undone; the next one works."""
    twice = nightly() | {"Again": trigger("again")}
    with LocalGlue() as glue:
        stacks, assembly = Stacks(glue), Assembly(glue, tmp_path)
        stacks.glue.create_job(Name="load", Role="r", Command={"Name": "glueetl", "ScriptLocation": "s3://b/k"})
        code, written = assembly.deploy(nightly())
        assert (code, stacks.status("App")) == (1, "ROLLBACK_COMPLETE")
        assert "load already exists" in written
        stacks.glue.delete_job(JobName="load")

        code, written = assembly.deploy(nightly())
        assert (code, stacks.status("App")) == (0, "CREATE_COMPLETE"), written

        code, written = assembly.deploy(twice)
        assert (code, stacks.status("App")) == (1, "UPDATE_ROLLBACK_COMPLETE")
        assert "a workflow can have only one" in written or "start" in written

        code, written = assembly.deploy(nightly() | {"More": job("more")})
        assert (code, stacks.status("App")) == (0, "UPDATE_COMPLETE"), written

        code, written = assembly.run("destroy", "--force")
        assert code == 0, written
        assert stacks.names() == {"workflows": [], "jobs": [], "triggers": [], "crawlers": []}


def test_changes_in_a_diff() -> None:
    """What a `cdk diff` says of resources is read, colours or none."""
    diff = (
        "Resources\n\x1b[33m[~]\x1b[39m AWS::Glue::Job Workflows/Load Load\n[-] AWS::Glue::Trigger A/B Start destroy\n"
    )

    assert changed(diff) == ["~ AWS::Glue::Job Load", "- AWS::Glue::Trigger Start"]


def test_what_is_not_as_it_should_be() -> None:
    """A step that did otherwise says what it found and what it should have found."""
    with pytest.raises(Failure, match=r"^what is left is \['a'\], not \[\]$"):
        require(["a"], [], "what is left is")
