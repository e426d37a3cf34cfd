"""Who is told how a deployment goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gluedsl.deploy.steps import Step


class Observer(Protocol):
    """Is told as things happen, by several threads at once; must not raise."""

    def started(self, step: Step) -> None:
        """Hear that a step begins."""

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
        """Hear that a step waits, for that long, before it tries again; None: the whole deployment does."""

    def finished(self, step: Step) -> None:
        """Hear that a step is done."""

    def stopping(self) -> None:
        """Hear that nothing new begins, because somebody asked to stop."""


class Silence:
    """An observer that nobody listens to."""

    def started(self, step: Step) -> None:
        """Say nothing."""

    def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
        """Say nothing."""

    def finished(self, step: Step) -> None:
        """Say nothing."""

    def stopping(self) -> None:
        """Say nothing."""
