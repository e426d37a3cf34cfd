"""Jobs and crawls without threads: they run one after another, when somebody looks, and take the time they are given.

Comes in: work, from the local Glue. Goes out: how each ended, told in the thread that looks. So the same test sees the
same history. Between a call that starts something and one that looks, or a move of the clock, nothing happens.
"""

from __future__ import annotations

import heapq
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from gluedsl.local.work import Ended, JobWork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gluedsl.local.clock import ManualClock
    from gluedsl.local.work import Listener, Work


class Performer(Protocol):
    """Says how long work takes, and does it."""

    def takes(self, work: Work) -> timedelta:
        """Return how long it takes, by the clock of the test."""

    def perform(self, work: Work) -> Ended:
        """Do it, at its end; what it raises is the test's own."""


@dataclass(order=True, frozen=True, slots=True)
class _Due:
    """Work that goes on until a moment."""

    at: datetime
    number: int
    work_id: str


class SteppedWork:
    """All work of one local Glue, and a sleeper by its clock."""

    def __init__(self, performer: Performer, listener: Listener, clock: ManualClock) -> None:
        self._performer = performer
        self._listener = listener
        self._clock = clock
        self._asked: deque[Work] = deque()
        self._agenda: list[_Due] = []
        self._under_way: dict[str, tuple[Work, bool]] = {}
        """By id: the work, and whether its time runs out before it is done."""
        self._stopped: deque[str] = deque()
        self._numbered = 0
        self._settling = threading.RLock()
        self._is_settling = False

    @property
    def due(self) -> datetime | None:
        """When work ends next, or now, if there is some to begin; None: nothing is under way.

        Work that moves the clock itself must not wait for work behind it.
        """
        if self._is_settling:
            return None
        if self._asked or self._stopped:
            return self._clock()
        return min((due.at for due in self._agenda if due.work_id in self._under_way), default=None)

    def catch_up(self) -> None:
        """Let everything happen that is due by now."""
        self.settle()

    def start(self, work: Work) -> None:
        """Do this when somebody looks."""
        self._asked.append(work)

    def stop(self, work_id: str) -> bool:
        """Stop this; True: its end will be told, False: it never began and will not be told of."""
        for work in tuple(self._asked):
            if work.id == work_id:
                self._asked.remove(work)
                return False
        if work_id in self._under_way:
            self._stopped.append(work_id)
            return True
        return False

    def settle(self) -> None:
        """Begin what was asked for, and end what is due; nothing if that is going on in this thread already."""
        with self._settling:
            if self._is_settling:
                return
            self._is_settling = True
            try:
                while self._step():
                    pass
            finally:
                self._is_settling = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing happen in this thread for a while, whoever looks."""
        with self._settling:
            before, self._is_settling = self._is_settling, True
            try:
                yield
            finally:
                self._is_settling = before

    def close(self) -> None:
        """Forget all work; nobody is told of its end."""
        self._asked.clear()
        self._agenda.clear()
        self._under_way.clear()
        self._stopped.clear()

    def _step(self) -> bool:
        """Let one thing happen; False: there is none."""
        if self._stopped:
            self._end_stopped(self._stopped.popleft())
        elif self._asked:
            self._begin(self._asked.popleft())
        elif self._agenda and self._agenda[0].at <= self._clock():
            self._end_due(heapq.heappop(self._agenda).work_id)
        else:
            return False
        return True

    def _begin(self, work: Work) -> None:
        takes = max(self._performer.takes(work), timedelta())
        minutes = work.timeout_minutes if isinstance(work, JobWork) else None
        times_out = minutes is not None and timedelta(minutes=minutes) < takes
        self._under_way[work.id] = (work, times_out)
        self._listener.began(work.id)
        until = self._clock() + (timedelta(minutes=minutes) if minutes is not None and times_out else takes)
        heapq.heappush(self._agenda, _Due(until, self._numbered, work.id))
        self._numbered += 1

    def _end_stopped(self, work_id: str) -> None:
        if work_id in self._under_way:
            work, _ = self._under_way.pop(work_id)
            self._listener.ended(work_id, Ended("STOPPED" if isinstance(work, JobWork) else "CANCELLED"))

    def _end_due(self, work_id: str) -> None:
        if work_id not in self._under_way:
            return
        work, times_out = self._under_way[work_id]
        end = Ended("TIMEOUT", "Job has timed out") if times_out else self._performer.perform(work)
        # The work itself may have asked for its end.
        if work_id in self._under_way and work_id not in self._stopped:
            del self._under_way[work_id]
            self._listener.ended(work_id, end)
