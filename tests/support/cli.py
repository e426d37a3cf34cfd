"""The command line in tests: as a process of its own, or called in this one; in an environment without AWS.

`start` is what a person at a terminal or a build does. `Commands.call` is the same entry point without the second that
a process takes, for what neither `run` nor the process itself is about.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

_KEPT = ("PATH", "TMPDIR", "VIRTUAL_ENV")
ENVIRONMENT = {
    **{name: os.environ[name] for name in _KEPT if name in os.environ},
    "HOME": os.devnull,
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""Of a machine that knows nothing of AWS, with no terminal and no colours."""

_SECONDS = 100


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read standard output, which must be one JSON document."""
        return json.loads(self.out)


def start(*arguments: str, folder: Path = ROOT, **environment: str) -> Ended:
    """Run `gluedsl` in a folder, with nobody to answer questions."""
    return process([sys.executable, "-m", "gluedsl", *arguments], folder=folder, **environment)


def process(command: list[str], *, folder: Path = ROOT, **environment: str) -> Ended:
    """Run a command in that environment."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


class Commands:
    """`gluedsl` called in this process, in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def call(self, *arguments: str) -> Ended:
        """Run a command to its end."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as exited:
            main(arguments)
        written = self._capsys.readouterr()
        code = exited.value.code
        assert isinstance(code, int)
        return Ended(code, written.out, written.err)


def commands(folder: Path, environment: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Yield the command line in a folder, with the environment of this process as a person's would be."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if not name.startswith(("PYTEST", "GLUEDSL"))]:
            patch.delenv(name)
        for name, value in {**ENVIRONMENT, **environment}.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        yield Commands(folder, capsys)


_UNSTEADY = (
    (re.compile(r"wr_[0-9a-f]{64}"), "<run>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b"), "<moment>"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "<time>"),
    (re.compile(r" +\d+\.\d s\b"), " <length>"),
)


def steady(text: str) -> str:
    """Return what a run wrote without what differs from run to run: its id, times, lengths of time."""
    for pattern, stand_in in _UNSTEADY:
        text = pattern.sub(stand_in, text)
    return text


def digested(text: str) -> str:
    """Return text without the digests in keys of uploaded files, which change with each edit of gluedsl."""
    return re.sub(r"(?<=/)[0-9a-f]{16}(?=/)", "<digest>", text)
