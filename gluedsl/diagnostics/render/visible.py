"""Text from outside (names, messages, source) as a terminal may show it: data, never commands to the terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["cells", "visible", "wrapped"]

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, direction marks and zero-width characters, halves of surrogate pairs, characters that nobody has
defined, and Unicode's own line ends."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BYTE, _BASIC_PLANE, _LAST_ASCII = 0xFF, 0xFFFF, 0x7E


def visible(text: str, *, ascii_only: bool = False) -> str:
    """Return `text` with what a terminal would obey or hide spelled out as in a Python string.

    With `ascii_only`, also what a terminal without Unicode cannot show.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(c) if _is_unseen(c, ascii_only=ascii_only) else c for c in text)


def cells(text: str) -> int:
    """Return how many columns of a terminal visible `text` takes: two for most of East Asia's, none for an accent."""
    return cell_len(text)


def wrapped(text: Text, room: int) -> list[Text]:
    """Break visible `text` at spaces into lines of at most `room` cells; a longer word stands alone, whole."""
    breaks = []
    start = at = 0
    for word in text.plain.split(" "):
        end = at + len(word)
        if at > start and cells(text.plain[start:end]) > room:
            breaks.append(at)
            start = at
        at = end + 1
    lines = list(text.divide(breaks))
    for line in lines:
        line.rstrip()
    return lines


def _is_unseen(character: str, *, ascii_only: bool) -> bool:
    if ascii_only and ord(character) > _LAST_ASCII:
        return True
    return unicodedata.category(character) in _UNSEEN


def _spelled(character: str) -> str:
    number = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if number <= _BYTE:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _BASIC_PLANE else f"\\U{number:08x}"
