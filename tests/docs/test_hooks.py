"""What pre-commit is offered."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import typer.main
import yaml

from gluedsl.cli.app import app

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hooks() -> None:
    """One hook, which is named in the documentation."""
    assert [hook["id"] for hook in HOOKS] == ["gluedsl-check"]
    assert "- id: gluedsl-check\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_calls_a_command_that_is_there(hook: dict[str, object]) -> None:
    """It calls the script that the package installs, with a command of gluedsl, and hands it no file names."""
    script, command = str(hook["entry"]).split()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    commands: dict[str, object] = vars(typer.main.get_command(app))["commands"]

    assert script in scripts
    assert command in commands
    assert hook["pass_filenames"] is False
