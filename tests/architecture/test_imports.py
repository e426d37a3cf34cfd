"""What importing loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def loaded(statement: str) -> set[str]:
    """Return the top-level packages that a statement adds to a fresh interpreter."""
    program = f"import sys; own = set(sys.modules); {statement}; print(*(set(sys.modules) - own))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return {module.partition(".")[0] for module in run.stdout.split()}


def test_author_words_need_the_standard_library_alone() -> None:
    """A flow file can be imported where nothing is installed."""
    assert {"gluedsl"} == loaded("from gluedsl import *") - sys.stdlib_module_names


def test_a_command_line_without_aws() -> None:
    """Asking for help starts neither moto, DuckDB nor CDK: each is loaded by the command that uses it."""
    heavy = {"moto", "duckdb", "aws_cdk", "jsii", "flask"}

    assert set() == loaded("import gluedsl.cli.app") & heavy
