"""The command line, called in the folder of the examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import EXAMPLES, Commands, commands

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Return the command line."""
    yield from commands(EXAMPLES, {}, capsys)
