"""Answers to yes-or-no questions about a run, which say in a failing test what was the case instead."""

from __future__ import annotations


class Claim:
    """True or false, and in words what is the case: what pytest shows of `assert run.started("publish")`."""

    __slots__ = ("_fact", "_holds")

    def __init__(self, *, holds: bool, fact: str) -> None:
        self._holds = holds
        self._fact = fact

    def __bool__(self) -> bool:
        """Return whether it holds."""
        return self._holds

    def __eq__(self, other: object) -> bool:
        """Compare with a truth value."""
        return self._holds == bool(other) if isinstance(other, bool | Claim) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._holds)

    def __repr__(self) -> str:
        return f"<{self._fact}>"
