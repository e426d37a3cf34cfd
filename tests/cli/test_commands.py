"""The program as a whole: help, version, and what becomes of usage that no command knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from gluedsl import __version__
from gluedsl.cli.app import app

if TYPE_CHECKING:
    from tests.support.cli import Commands

PROGRAM: Any = typer.main.get_command(app)
NAMES = list(PROGRAM.commands)


def test_version(cli: Commands) -> None:
    """The version is one line of data."""
    ended = cli.call("--version")

    assert (ended.code, ended.out, ended.err) == (0, f"gluedsl {__version__}\n", "")


def test_commands_are_those_that_are_documented() -> None:
    """A name of a command is a promise: this list is only ever added to."""
    assert {"check", "graph", "synth", "plan", "deploy", "destroy", "run"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_has_help(cli: Commands, name: str) -> None:
    """`--help` of a command says what it does and what each of its options and arguments is for."""
    command = PROGRAM.commands[name]
    assert [parameter.name for parameter in command.params if not (parameter.help or "").endswith(".")] == []
    assert command.help.partition("\n")[0].endswith(".")

    ended = cli.call(name, "--help")

    assert (ended.code, ended.err) == (0, "")
    shown = " ".join(word.strip("│") for word in ended.out.split())
    assert shown.startswith(f"Usage: gluedsl {name} [OPTIONS] ")
    assert cli.call(name, "-h") == ended


def test_help_lists_every_command(cli: Commands) -> None:
    """`--help` and no command at all list the commands in the order in which they are used."""
    asked, alone = cli.call("--help"), cli.call()

    assert (asked.code, asked.err) == (0, "")
    listed = [line.split()[1] for line in asked.out.splitlines() if line.startswith("│ ") and line[2:3].isalpha()]
    assert listed == NAMES
    assert alone.code == 2
    assert asked.out.strip() in {alone.out.strip(), alone.err.strip()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explode"], "No such command 'explode'."),
        (["chek"], "No such command 'chek'. Did you mean 'check'?"),
        (["check", "--nonsense"], "No such option: --nonsense"),
        (["check", "a.py", "b.py"], "Got unexpected extra argument(s) (b.py)"),
        (["run", "--property"], "Option '--property' requires an argument."),
        (["graph", "--format", "yaml"], "Invalid value for '--format': Value error, 'yaml' is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_that_nobody_knows(cli: Commands, arguments: list[str], message: str) -> None:
    """It is refused with exit code 2, and the message is talk."""
    ended = cli.call(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_bug_is_one_line(cli: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody expected is told in one line, with exit code 70, and where it was only when asked for."""

    def broken(_path: str, _stage: str | None) -> None:
        message = "no such\n\x1b[31mthing"
        raise RuntimeError(message)

    monkeypatch.setattr("gluedsl.cli.check.compile_path", broken)

    ended = cli.call("check")

    message = "error: a bug of gluedsl: RuntimeError: no such \\x1b[31mthing"
    hint = "  hint: set GLUEDSL_TRACEBACK=1 to see where, and please report it"
    assert (ended.code, ended.out, ended.err) == (70, "", f"{message}\n{hint}\n")
    monkeypatch.setenv("GLUEDSL_TRACEBACK", "1")
    with pytest.raises(RuntimeError, match="no such"):
        cli.call("check")
