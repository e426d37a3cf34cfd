"""The command line, called in an empty folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import Commands, commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Return the command line."""
    yield from commands(tmp_path, {}, capsys)
