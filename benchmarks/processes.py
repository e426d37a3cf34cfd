"""How long a command takes before it does anything: whole processes, beside those that do nothing.

What gluedsl cannot avoid is the interpreter, and the libraries that a command line is made of.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.flows import write_flow
from benchmarks.measuring import Measured, measured, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
NODES = 5
ROUNDS = 7
PASS = ("-c", "pass")
LIBRARIES = ("-c", "import typer, rich.console")


def report() -> Iterator[str]:
    """Yield the tables."""
    with tempfile.TemporaryDirectory() as name:
        flow = str(write_flow(Path(name) / "flow", NODES))
        check = ("-m", "gluedsl", "check", flow)
        yield table(
            "Processes",
            "a smaller process",
            "",
            [
                _compared("import gluedsl, beside an empty program", ("-c", "import gluedsl"), PASS),
                _compared("gluedsl --version, beside an empty program", ("-m", "gluedsl", "--version"), PASS),
                _compared(f"gluedsl check of {NODES} nodes, beside an empty program", check, PASS),
                _compared(f"gluedsl check of {NODES} nodes, beside importing typer and rich", check, LIBRARIES),
            ],
        )


def _compared(name: str, arguments: tuple[str, ...], floor: tuple[str, ...]) -> Measured:
    return measured(name, _process(arguments), _process(floor), rounds=ROUNDS)


def _process(arguments: tuple[str, ...]) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 -- our own
