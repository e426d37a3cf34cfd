"""The program as a whole: help, version, and what becomes of usage that no command knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from gluedsl import __version__
from gluedsl.cli import check, graph, synth
from gluedsl.cli.app import app

if TYPE_CHECKING:
    from tests.support.cli import Commands

PROGRAM: Any = typer.main.get_command(app)
NAMES = list(PROGRAM.commands)
FORMATS = {"check": check.Format, "graph": graph.Format, "synth": synth.Format}


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


@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_fits_a_narrow_terminal(cli: Commands, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What takes no value names none, and of what a format may be every word is whole."""
    monkeypatch.setenv("COLUMNS", "80")
    ended = cli.call(*name.split(), "--help")

    assert max(map(len, ended.out.splitlines())) <= 80
    assert "bool" not in ended.out
    assert [one for one in FORMATS.get(name, ()) if not re.search(rf"\b{one}\b", ended.out)] == []


def test_help_lists_every_command(cli: Commands) -> None:
    """`--help` and no command at all list the commands in the order in which they are used."""
    asked, alone = cli.call("--help"), cli.call()

    assert (asked.code, asked.err) == (0, "")
    listed = [line.split()[1] for line in asked.out.splitlines() if line.startswith("│ ") and line[2:3].isalpha()]
    assert listed == NAMES
    assert alone.code == 2
    assert asked.out.strip() in {alone.out.strip(), alone.err.strip()}


USAGE = {
    "publish": ("there is no command `publish`", "`gluedsl --help` lists what there is"),
    "chek": ("there is no command `chek`", "did you mean `check`?"),
    "--verson": ("there is no option `--verson`", "did you mean `--version`?"),
    "--version=1": ("--version takes no value", "write `--version` alone"),
    "check --nonsense": ("there is no option `--nonsense`", "`gluedsl check --help` lists what there is"),
    "check --form json": ("there is no option `--form`", "did you mean `--format`?"),
    "check -x": ("there is no option `-x`", "`gluedsl check --help` lists what there is"),
    "check a.py b.py": ("`b.py` is more than it takes", "`gluedsl check --help` tells what that is"),
    "check a b c": ("`b` and `c` are more than it takes", "`gluedsl check --help` tells what that is"),
    "run --property": ("--property lacks its value", "write `--property KEY=VALUE`"),
    "simulate --all=x": ("--all takes no value", "write `--all` alone"),
    "graph --format yaml": (
        "--format yaml: there is no such format",
        "it takes `text`, `mermaid`, `dot` or `json`",
    ),
    "graph --format jsn": ("--format jsn: there is no such format", "did you mean `json`?"),
    "graph --firings 9x": ("--firings 9x: not a whole number", "it takes 0 to 100"),
    "graph --firings 101": ("--firings 101: too large", "it takes 0 to 100"),
    "simulate --limit 0": ("--limit 0: too small", "it takes 1 or more"),
    "local --port 80x": ("--port 80x: not a whole number", "it takes 0 or more"),
}


@pytest.mark.parametrize(("line", "said"), USAGE.items(), ids=USAGE)
def test_usage_that_nobody_knows(cli: Commands, line: str, said: tuple[str, str]) -> None:
    """It is refused with exit code 2, and told as every other error is."""
    ended = cli.call(*line.split())

    message, hint = said
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")


def test_nothing_but_a_separator_is_no_command(cli: Commands) -> None:
    """It is answered as no command is."""
    assert cli.call("--") == cli.call()


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
