"""Fixtures for stacks on the local Glue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.local import LocalGlue
from tests.support.cloudformation import Stacks

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stacks() -> Iterator[Stacks]:
    """Return CloudFormation of a local Glue with nothing in it."""
    with LocalGlue() as glue:
        yield Stacks(glue)
