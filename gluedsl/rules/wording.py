"""How the messages of rules are put together, so that equal things read alike."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 3
LONGEST_NAME = 60
"""Characters of a name or value in a message."""


def listed(items: Sequence[object], word: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"; of more than three, the first two and the number of the others."""
    texts = [str(item) for item in items]
    if len(texts) > _SHOWN:
        texts = [*texts[:2], f"{len(texts) - 2} others"]
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}" if len(texts) > 1 else texts[0]


def choices(values: Iterable[str], word: str = "or") -> str:
    """Return all values in backticks, the last after the word."""
    *most, last = (f"`{value}`" for value in values)
    return f"{', '.join(most)} {word} {last}" if most else last


def counted(number: float, noun: str) -> str:
    """Return the number with its noun."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{text} {noun}{'s' * (number != 1)}"


def shortened(text: str) -> str:
    """Return a name or value as messages show it: the beginning of a long one."""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 3]}..."


def did_you_mean(written: str, known: Iterable[str], *, likeness: float = 0.6) -> tuple[str, ...]:
    """Return a help that names the known value nearest to what was written; empty if none is near."""
    found = near(written, known, likeness=likeness)
    return (f"did you mean `{found}`?",) if found is not None else ()


def near(written: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the known value nearest to what was written; None if none is near.

    Short codes that differ in one character all look alike, so that they need more `likeness`, of 1.
    """
    by_upper = {value.upper(): value for value in known}
    found = get_close_matches(written.upper(), by_upper, n=1, cutoff=likeness)
    return by_upper[found[0]] if found else None
