"""The one place of the local Glue that asks what time it is, and that numbers what it starts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns now, in UTC."""
IdSource = Callable[[], str]
"""Returns a text that it has not returned before."""


def system_clock() -> datetime:
    """Return now."""
    return datetime.now(UTC)


def counter() -> IdSource:
    """Return a source that counts: together with the time of a start, that makes an id no other start has."""
    numbers = itertools.count(1)
    return lambda: str(next(numbers))
