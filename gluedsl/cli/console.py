"""The one owner of standard output and standard error, of colour and of width."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console

from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from typing import TextIO

    from rich.text import Text

    from gluedsl.errors import GluedslError

WIDTH = 100
"""Columns, where no terminal says how many there are."""


def output() -> Console:
    """Return the console of data."""
    return _console(sys.stdout)


def talk() -> Console:
    """Return the console of everything else."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    return Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False, emoji=False, markup=False)


def ascii_only(console: Console) -> bool:
    """Whether the console's encoding has no line drawing."""
    try:
        "│└✓".encode(console.encoding)
    except (LookupError, UnicodeEncodeError):
        return True
    return False


def write(text: str) -> None:
    """Write data as it is."""
    sys.stdout.write(text)


def show(text: Text) -> None:
    """Write data for people: in colour where the terminal has it."""
    output().print(text, end="", soft_wrap=True)


def say(text: str, style: str = "") -> None:
    """Write one line of talk."""
    talk().print(visible(text), style=style, soft_wrap=True)


def complain(error: GluedslError) -> None:
    """Write what is wrong and what to try."""
    console = talk()
    console.print("error: ", style="bold red", end="")
    console.print(visible(error.message), soft_wrap=True)
    if error.hint:
        console.print("  hint: ", style="cyan", end="")
        console.print(visible(error.hint), soft_wrap=True)
