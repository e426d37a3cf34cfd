"""How a deployment is told to stop: by a failure of one of its steps, by Ctrl-C, or by whoever took its lock.

What is under way is finished; nothing new begins, and nobody waits any longer.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gluedsl.errors import DeployError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gluedsl.errors import GluedslError


class HaltedError(DeployError):
    """A step that waited has stopped waiting."""


class Halt:
    """Whether to stop. Any thread may ask, and any may say so."""

    def __init__(self, sleep: Callable[[float], None] | None = None) -> None:
        """Take what sleeps; None: real time passes, but for whoever is told to stop meanwhile."""
        self._event = threading.Event()
        self._abandoned = threading.Event()
        self._sleep = sleep
        self._insisting = threading.local()
        self.why: GluedslError | None = None
        """Set by whoever stops a deployment that could go on."""

    def call(self, why: GluedslError | None = None) -> None:
        """Stop."""
        self.why = self.why or why
        self._event.set()

    def abandon(self) -> None:
        """Stop, and restore nothing more."""
        self._event.set()
        self._abandoned.set()

    @property
    def is_called(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    @contextmanager
    def insisting(self) -> Iterator[None]:
        """Let this thread wait as long as it has to: it restores what it has stopped."""
        self._insisting.now = True
        try:
            yield
        finally:
            self._insisting.now = False

    def pause(self, seconds: float) -> None:
        """Wait; not at all, or no longer, once there is a reason to stop."""
        told = self._abandoned if getattr(self._insisting, "now", False) else self._event
        if told.is_set():
            raise HaltedError(_STOPPED)
        if self._sleep is not None:
            self._sleep(seconds)
        elif told.wait(seconds):
            raise HaltedError(_STOPPED)


_STOPPED = "stopped while it waited"
