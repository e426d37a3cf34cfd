"""The one place of the local Glue that asks what time it is, and that numbers what it starts."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

Clock = Callable[[], datetime]
"""Returns now, in UTC."""
IdSource = Callable[[], str]
"""Returns a text that it has not returned before."""


def system_clock() -> datetime:
    """Return now."""
    return datetime.now(UTC)


class Sleeper(Protocol):
    """Somebody with something to do at certain times."""

    @property
    def due(self) -> datetime | None:
        """When there is something to do next; None: not as things stand."""

    def catch_up(self) -> None:
        """Do everything that is due by now."""


class ManualClock:
    """A clock that stands still until it is moved. Safe to use from any thread.

    Whoever sleeps by it is woken at each moment that is due on the way, one after another, in the thread that moves it:
    when `advance` returns, everything that was due has been done, each at its own time.
    """

    def __init__(self, now: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        if now.tzinfo is None:
            message = "a clock needs a time zone"
            raise ValueError(message)
        self._now = now.astimezone(UTC)
        self._moving = threading.RLock()
        self._sleepers: list[Sleeper] = []

    def __call__(self) -> datetime:
        """Return now."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move the clock on."""
        if by < timedelta():
            message = f"a clock does not go back: {by}"
            raise ValueError(message)
        with self._moving:
            end = self._now + by
            while (due := self._next_due(end)) is not None:
                self._now = max(due, self._now)
                self._wake()
            self._now = end
            self._wake()

    def attach(self, sleeper: Sleeper) -> Callable[[], None]:
        """Wake somebody from now on; return what ends that."""
        self._sleepers.append(sleeper)
        return lambda: self._sleepers.remove(sleeper)

    def _next_due(self, end: datetime) -> datetime | None:
        dues = (sleeper.due for sleeper in self._sleepers)
        return min((due for due in dues if due is not None and due <= end), default=None)

    def _wake(self) -> None:
        for sleeper in tuple(self._sleepers):
            sleeper.catch_up()


def counter() -> IdSource:
    """Return a source that counts: together with the time of a start, that makes an id no other start has."""
    numbers = itertools.count(1)
    return lambda: str(next(numbers))
