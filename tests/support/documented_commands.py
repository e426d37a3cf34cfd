"""Pages whose samples are run: their files are written to a folder, and their commands print what the page shows.

A fenced block whose info string has a second word is a file of that name; a block of kind `console` has commands after
`$ ` and what they print, on standard output and on standard error.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.cli import ROOT, process

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROGRAMS = {
    "gluedsl": [sys.executable, "-m", "gluedsl"],
    "cfn-lint": [sys.executable, "-c", "from cfnlint.runner import main; main()"],
    "python": [sys.executable],
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A command of a page, and what the page says that it prints."""

    command: str
    printed: str


def page(name: str) -> str:
    """Return a page of the documentation."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def files(text: str) -> dict[str, str]:
    """Return the files of a page, by their names."""
    return {name: content for _, name, content in _BLOCK.findall(text) if name}


def samples(text: str) -> list[Sample]:
    """Return the commands of a page, in order."""
    blocks = [content for kind, _, content in _BLOCK.findall(text) if kind == "console"]
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Sample(*part.split("\n", 1)) for part in parts]


def write_files(text: str, folder: Path) -> None:
    """Write the files of a page into a folder."""
    for name, content in files(text).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def printed(command: str, folder: Path) -> str:
    """Run a command of a page in a folder; return everything that it prints."""
    program, *arguments = shlex.split(command)
    home = os.environ.get("HOME", "/")
    ended = process([*_PROGRAMS[program], *arguments], folder=folder, HOME=home, CDK_VALIDATION="false", COLUMNS="100")
    return ended.out + ended.err
