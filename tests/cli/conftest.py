"""The command line, called in an empty folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import Commands, commands
from tests.support.operated import Operated, operated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.local import Account


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Return the command line."""
    yield from commands(tmp_path, {}, capsys)


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    """Return an account on a local Glue, with workflows; the tests of a module share it."""
    with operated() as it:
        yield it


@pytest.fixture
def deployed(account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Operated]:
    """Return deployed workflows, and the commands."""
    for cli in commands(tmp_path, account.local.environment(), capsys):
        it = Operated(account, cli)
        yield it
        it.end_all()
