"""What jobs and crawlers write: handed on as it comes, as many lines at once as came, and the end of it kept."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gluedsl.graph import Node
    from gluedsl.local.processes import Stream

_KEPT_CHARACTERS = 256 * 1024
"""Of the log of one job run or crawl."""
_KEPT_LOGS = 500
"""Job runs and crawls whose logs are kept; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLines:
    """Lines that a job or crawler has written, one after the other."""

    source: Node
    run_id: str
    """Of the job run or crawl."""
    stream: Stream
    texts: tuple[str, ...]
    """At least one."""


class Logs:
    """The logs of job runs and crawls. Safe to use from any thread."""

    def __init__(self, observer: Callable[[LogLines], None] | None = None) -> None:
        self._observer = observer
        self._lock = threading.Lock()
        self._tails: dict[str, _Tail] = {}

    def add(self, lines: LogLines) -> None:
        """Keep lines and hand them on."""
        with self._lock:
            if lines.run_id not in self._tails and len(self._tails) >= _KEPT_LOGS:
                del self._tails[next(iter(self._tails))]
            self._tails.setdefault(lines.run_id, _Tail()).add(lines.texts)
        if self._observer is not None:
            self._observer(lines)

    def text(self, run_id: str) -> str:
        """Return what a job run or crawl has written: output and errors in the order in which they came."""
        with self._lock:
            tail = self._tails.get(run_id)
            return "" if tail is None else tail.text()


class _Tail:
    """The last lines, as many as fit."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque()
        self._characters = 0
        self._dropped = 0

    def add(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._lines.append(line)
            self._characters += len(line) + 1
        while self._characters > _KEPT_CHARACTERS and len(self._lines) > 1:
            self._characters -= len(self._lines.popleft()) + 1
            self._dropped += 1

    def text(self) -> str:
        head = (f"[{self._dropped} earlier lines are not kept]",) if self._dropped else ()
        return "".join(f"{line}\n" for line in (*head, *self._lines))
