"""The one owner of standard output and standard error, of colour and of width."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console

from gluedsl.cli.streams import writing_data
from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from typing import TextIO

    from rich.text import Text

    from gluedsl.errors import GluedslError

WIDTH = 100
"""Columns, where neither a terminal nor COLUMNS says how many there are."""


def output() -> Console:
    """Return the console of data."""
    return _console(sys.stdout)


def talk() -> Console:
    """Return the console of everything else."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    columns = os.environ.get("COLUMNS", "")
    given = int(columns) if columns.isdecimal() else 0
    width = given or (None if stream.isatty() else WIDTH)
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)


def ascii_only(console: Console) -> bool:
    """Whether the console's encoding has no line drawing."""
    try:
        "│└✓".encode(console.encoding)
    except (LookupError, UnicodeEncodeError):
        return True
    return False


def write(text: str) -> None:
    """Write data as it is: in UTF-8, as programs read it, where the terminal's encoding lacks a character."""
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        with writing_data():
            sys.stdout.flush()
            # Half a surrogate pair, of which UTF-8 has none, becomes the escape that JSON has for it.
            sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
    else:
        sys.stdout.write(text)


def show(text: Text) -> None:
    """Write data for people: in colour where the terminal has it."""
    output().print(text, end="", soft_wrap=True)


def say(text: str, style: str = "") -> None:
    """Write one line of talk."""
    talk().print(visible(text), style=style, soft_wrap=True)


def ask(question: str) -> bool:
    """Ask, and return whether the answer is yes; whoever ends the input has not said so."""
    while True:
        talk().print(f"{visible(question)} [y/N]: ", end="", soft_wrap=True)
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "?\n"
        if not line.endswith("\n"):
            say("")
        match line.strip().lower():
            case "y" | "yes":
                return True
            case "" | "n" | "no":
                return False
            case _:
                say("answer y or n")


def complain(error: GluedslError) -> None:
    """Write what is wrong and what to try."""
    console = talk()
    console.print("error: ", style="bold red", end="", soft_wrap=True)
    console.print(visible(error.message), soft_wrap=True)
    if error.hint:
        console.print("  hint: ", style="cyan", end="", soft_wrap=True)
        console.print(visible(error.hint), soft_wrap=True)
