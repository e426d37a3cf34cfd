"""A thread that wakes somebody when there is something to do."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from gluedsl.local.clock import Clock, Sleeper

_LONGEST_SLEEP = 30.0
"""Seconds, after which the clock is looked at again: it may have been set, or the machine may have slept."""


class Alarm:
    """Wakes one sleeper, under the sleeper's own lock. Costs nothing before there is something due."""

    def __init__(self, sleeper: Sleeper, clock: Clock, lock: threading.RLock) -> None:
        self._sleeper = sleeper
        self._clock = clock
        self._changed = threading.Condition(lock)
        self._thread: threading.Thread | None = None
        self._closed = False
        self._until: datetime | None = None
        """When the thread wakes by itself; None: when it is told to."""

    def set(self) -> None:
        """Take note that something is due, perhaps earlier than before."""
        with self._changed:
            due = self._sleeper.due
            if self._closed or due is None:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="gluedsl-alarm", daemon=True)
                self._thread.start()
            elif self._until is None or due < self._until:
                self._changed.notify_all()

    def close(self) -> None:
        """Wake nobody any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                self._until = self._sleeper.due
                seconds = None if self._until is None else (self._until - self._clock()).total_seconds()
                if seconds is None or seconds > 0:
                    self._changed.wait(None if seconds is None else min(seconds, _LONGEST_SLEEP))
                else:
                    self._sleeper.catch_up()
