"""What tests of the local Glue start from: an account on a server, and a service whose jobs the test holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.local import LocalGlue
from tests.support.local import Account, Api

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def account() -> Iterator[Account]:
    """Return an account on a local Glue, reached over HTTP; a minute of a job's timeout is a fifth of a second."""
    with LocalGlue(seconds_per_minute=0.2) as glue:
        yield Account(glue)


@pytest.fixture
def api() -> Iterator[Api]:
    """Return a service without HTTP, whose jobs and crawls the test ends."""
    made = Api()
    yield made
    made.service.close()
