"""The page on the CDK: its programs print what it shows."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cdk import needs_node
from tests.support.cli import ROOT
from tests.support.documented_commands import Sample, page, samples, write_files

if TYPE_CHECKING:
    from pathlib import Path

PAGE = page("cdk.md")

pytestmark = [pytest.mark.slow, needs_node]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of the page."""
    folder = tmp_path_factory.mktemp("cdk")
    write_files(PAGE, folder)
    return folder


@pytest.mark.parametrize("sample", samples(PAGE), ids=lambda sample: sample.command)
def test_programs(sample: Sample, folder: Path) -> None:
    """A program of the page prints what the page says, and goes well."""
    _, *arguments = shlex.split(sample.command)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CDK_VALIDATION": "false"}
    environment.pop("CDK_CLI_VERSION", None)
    run = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )

    assert (run.stdout.strip(), run.returncode) == (sample.printed.strip(), 0), run.stderr


def test_links() -> None:
    """Every page that is linked is there."""
    for link in ("guide.md", "stages.md", "synth.md", "templates.md", "benchmarks.md"):
        assert f"({link})" in PAGE
        assert (ROOT / "docs" / link).is_file()
