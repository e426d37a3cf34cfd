"""What happens in a run on the local Glue, in the order of the engine, from the threads in which it happens.

Comes in: every new state of a run, what its jobs write, and a person's Ctrl-C. Goes out: the same, one after the other,
to the thread that shows it, until the run has ended. A job that writes faster than can be shown waits, as at a pipe.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from gluedsl.local import LogLines as WrittenLines
    from gluedsl.runs import RunSnapshot
    from gluedsl.view.live import LogLines

_MOST_LINES = 20_000
"""Lines that wait to be shown; whoever writes more waits himself."""
_LOOK_SECONDS = 0.2
"""How often Ctrl-C is looked for where nothing happens."""


class Feed:
    """One run."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._events: deque[RunSnapshot | WrittenLines] = deque()
        self._lines = 0
        self._is_over = False
        self._interrupted = False

    def log(self, lines: WrittenLines) -> None:
        """Take what a job or crawler writes."""
        with self._changed:
            while self._lines >= _MOST_LINES and not self._is_over:
                self._changed.wait()
            if not self._is_over:
                self._lines += len(lines.texts)
                self._put(lines)

    def run(self, snapshot: RunSnapshot) -> None:
        """Take a new state of a run."""
        with self._changed:
            self._put(snapshot)

    def events(self, run_id: str, stop: Callable[[], object]) -> Iterator[RunSnapshot | LogLines]:
        """Yield what happens until the run has ended.

        Args:
            run_id: Of the run; states of others are left out.
            stop: Stops the run. Called once, on the first Ctrl-C.
        """
        from gluedsl.local import LogLines as WrittenLines  # noqa: PLC0415 -- it is loaded by now
        from gluedsl.view.live import LogLines  # noqa: PLC0415 -- only when there is something to see

        is_stopping = False
        while True:
            if self._interrupted and not is_stopping:
                is_stopping = True
                stop()
            for event in self._taken():
                if isinstance(event, WrittenLines):
                    texts = tuple(text.removeprefix(f"[{event.run_id}] ") for text in event.texts)
                    yield LogLines(node=event.source, texts=texts)
                elif event.run_id == run_id:
                    yield event
                    if event.has_ended:
                        return

    @contextmanager
    def listening(self, kill: Callable[[], None]) -> Iterator[None]:
        """Take Ctrl-C: the first asks for the end of the run, the second waits for nothing and kills what runs."""

        def take(_number: int, _frame: FrameType | None) -> Any:
            if self._interrupted:
                kill()
                raise KeyboardInterrupt
            self._interrupted = True

        before = signal.signal(signal.SIGINT, take)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _put(self, event: RunSnapshot | WrittenLines) -> None:
        self._events.append(event)
        self._changed.notify_all()

    def _taken(self) -> list[RunSnapshot | WrittenLines]:
        """Return what has happened since the last time, and wait a little where nothing has."""
        with self._changed:
            if not self._events:
                self._changed.wait(_LOOK_SECONDS)
            taken = list(self._events)
            self._events.clear()
            self._lines = 0
            self._changed.notify_all()
            return taken
