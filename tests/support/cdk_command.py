"""The CDK's own command line against a local Glue, in a few words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.cdk_demo import COMMAND_LINE, QUIET, Failure, changed, require_node

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class CdkCommand:
    """The command line, on an application or an assembly."""

    def __init__(self, app: Path, environment: Mapping[str, str], **more: str) -> None:
        """Keep what it runs with.

        Args:
            app: the folder of a cloud assembly, or the file of an application in Python.
            environment: of the local Glue that it deploys to.
            more: variables for the application.
        """
        self.app = app
        # In its home, jsii keeps the CDK's library unpacked: that takes ten seconds.
        given = {"PATH": os.environ["PATH"], "HOME": str(Path.home()), "PYTHONPATH": str(ROOT)}
        self.environment = given | dict(environment) | QUIET | more

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Run a command; return exit code and what was written."""
        is_script = self.app.suffix == ".py"
        app = f"{sys.executable} {self.app}" if is_script else str(self.app)
        # An assembly is written by whoever made it; an application writes one, beside itself.
        output = ["--output", str(self.app.with_suffix(".out"))] if is_script else []
        command = ["node", str(ROOT / COMMAND_LINE), *arguments, "--no-notices", "--app", app, *output]
        done = subprocess.run(
            command,
            cwd=self.app.parent,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    def bootstrap(self) -> None:
        """Make what the CDK deploys with."""
        code, written = self.run("bootstrap", PLACE)
        assert code == 0, written

    def deploy(self, *options: str, **environment: str) -> str:
        """Deploy all stacks; return what was written."""
        code, written = self.run("deploy", "--all", "--require-approval", "never", *options, **environment)
        assert code == 0, written
        return written

    def diff(self, **environment: str) -> list[str]:
        """Return the resources that a deployment would add, change or take away."""
        code, written = self.run("diff", **environment)
        assert code == 0, written
        assert ("There were no differences" in written) or changed(written), written
        return sorted(changed(written))

    def destroy(self) -> None:
        """Take all stacks away."""
        code, written = self.run("destroy", "--all", "--force")
        assert code == 0, written
