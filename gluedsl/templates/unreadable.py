"""Why a text is no template at all."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 -- a signal to `document`, which makes the error of it
    """A text that cannot be read: what is wrong, in the words of a message, and at which offset."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
