"""Settings that the pages show are settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.settings import read_settings
from tests.support.cli import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = [
    pytest.param(sample, id=f"{page.stem}-{number}")
    for page in sorted((ROOT / "docs").glob("*.md"))
    for number, sample in enumerate(
        re.findall(r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    )
    if "[tool.gluedsl" in sample
]


def test_there_are_some() -> None:
    """Levels, the local Glue, simulation and stages each have one."""
    shown = "\n".join(str(sample.values[0]) for sample in SAMPLES)

    assert {"rules", "local", "simulate", "stages"} <= set(re.findall(r"\[tool\.gluedsl\.(\w+)", shown))


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_is_read(tmp_path: Path, sample: str) -> None:
    """Nothing in it is a name that no setting has."""
    (tmp_path / "pyproject.toml").write_text(sample, encoding="utf-8")

    assert read_settings(tmp_path).root == tmp_path
