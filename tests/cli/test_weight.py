"""What a command loads: a check is done hundreds of times a day, so it loads nothing of AWS."""

from __future__ import annotations

import sys

import pytest

from gluedsl.cli.commands import COMMANDS
from tests.support.cli import EXAMPLES, process

HEAVY = {"aws_cdk", "boto3", "botocore", "cfnlint", "duckdb", "flask", "moto", "s3transfer", "werkzeug", "yaml"}
ALONE = [["gluedsl", room] for room in ("bundle", "cdk", "deploy", "emit", "engine", "local", "view")]
"""Rooms that a check has no use for."""
LOADED = """\
import sys
from gluedsl.cli.app import main

try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def modules(*arguments: str) -> set[str]:
    """Return what a command has loaded when it ends well."""
    ended = process([sys.executable, "-c", LOADED, *arguments], folder=EXAMPLES)
    assert ended.code == 0, ended.err
    return set(ended.err.splitlines()[-1].split())


@pytest.mark.parametrize("command", ["--version", "--help", "check", "graph", "synth"])
def test_light_commands_load_nothing_of_aws(command: str) -> None:
    """Neither boto3 nor moto nor the CDK is loaded by what needs no account and no local Glue."""
    # This example's flow imports nothing but gluedsl.
    arguments = [command] if command.startswith("-") else [command, "02_three_steps"]

    loaded = modules(*arguments)

    assert {module.partition(".")[0] for module in loaded} & HEAVY == set()


def test_a_command_loads_no_other() -> None:
    """Neither the modules of other commands nor what these alone use is loaded by a check."""
    loaded = modules("check", "02_three_steps")

    others = {f"gluedsl.cli.{module}" for _, module, _ in COMMANDS} - {"gluedsl.cli.check"}
    assert loaded & others == set()
    assert {module for module in loaded if module.split(".")[:2] in ALONE} == set()


def test_the_version_loads_no_command() -> None:
    """Neither rules nor the compiler are loaded where nothing is checked."""
    loaded = modules("--version")

    assert {module for module in loaded if module.startswith(("gluedsl.compiler", "gluedsl.rules"))} == set()


def test_without_the_local_extra() -> None:
    """Where moto is not installed, `run` says what to install, in one line with a hint."""
    hidden = """\
import sys
from importlib.machinery import PathFinder
from gluedsl.cli.app import main

class WithoutMoto(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] == "moto" else PathFinder.find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = WithoutMoto
main(sys.argv[1:])
"""
    ended = process([sys.executable, "-c", hidden, "run", "02_three_steps"], folder=EXAMPLES)

    assert (ended.code, ended.out, ended.err) == (
        2,
        "",
        'error: the local Glue needs moto, not installed here\n  hint: pip install "gluedsl[local]"\n',
    )
