"""What a type checker says of a flow file: both that authors use, in their strict modes."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = [HERE / f"{name}.py" for name in ("accepts", "rejects", "accepts_testing", "rejects_testing")]


def marked() -> dict[str, set[int]]:
    """Return the lines that are to be refused, by file."""
    return {
        file.name: {n for n, line in enumerate(file.read_text().splitlines(), 1) if line.endswith("# error")}
        for file in FILES
    }


def refused(found: list[tuple[str, int]]) -> dict[str, set[int]]:
    """Return the lines that were refused, by file."""
    return {file.name: {line for path, line in found if Path(path).name == file.name} for file in FILES}


def test_declaring() -> None:
    """What the type checkers accept is no misuse to gluedsl either."""
    names = runpy.run_path(str(HERE / "accepts.py"))

    assert names["load_orders"].name == "nightly-sales-load-orders"


@pytest.mark.slow
def test_mypy() -> None:
    """In its strict mode mypy refuses the marked lines and no other."""
    command = [sys.executable, "-m", "mypy", *map(str, FILES)]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    found = re.findall(r"^(\S+?):(\d+): error: ", run.stdout, re.MULTILINE)
    assert marked() == refused([(path, int(line)) for path, line in found]), run.stdout + run.stderr


@pytest.mark.slow
def test_pyright() -> None:
    """In its strict mode pyright refuses the marked lines and no other."""
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson", *map(str, FILES)]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    found = [d for d in json.loads(run.stdout)["generalDiagnostics"] if d["severity"] == "error"]
    assert marked() == refused([(d["file"], d["range"]["start"]["line"] + 1) for d in found]), run.stdout
