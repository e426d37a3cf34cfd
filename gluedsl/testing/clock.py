"""Time as a test has it: it stands still until the test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.local.clock import ManualClock


class Clock:
    """The clock of a Glue under test. What is due on the way happens in its turn, each at its own time."""

    def __init__(
        self, clock: ManualClock, before_moving: Callable[[], object], after_moving: Callable[[], object]
    ) -> None:
        self._clock = clock
        self._before_moving = before_moving
        self._after_moving = after_moving

    @property
    def now(self) -> datetime:
        """Now, in UTC."""
        return self._clock()

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move on: jobs that take their time end, time out or are retried; schedules and windows of events pass."""
        self._before_moving()
        self._clock.advance(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
        self._after_moving()

    def advance_to(self, moment: datetime) -> None:
        """Move on to a moment; one without a time zone is in UTC."""
        aware = moment.replace(tzinfo=self.now.tzinfo) if moment.tzinfo is None else moment
        self.advance(seconds=(aware - self.now).total_seconds())

    def sleep(self, seconds: float) -> None:
        """Move on as `time.sleep` would: for code under test that waits, in place of the real one."""
        self.advance(seconds=seconds)

    def __repr__(self) -> str:
        return f"<clock at {self.now:%Y-%m-%d %H:%M:%S} UTC>"
