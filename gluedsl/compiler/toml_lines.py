"""Where a key of a TOML file is written, as near as its lines tell: a parser keeps no places.

It only says where to look: a key that a multi-line text seems to hold, or one written in a way that is not looked for,
is at worst found at the table around it, or not at all.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_HEADER = re.compile(r"(\[{1,2}([^\[\]]+)\]{1,2})\s*(?:#.*)?")
_FENCES = ('"""', "'''")


class Place(NamedTuple):
    """A key in a file; columns count from 1."""

    line: int
    column: int
    end_column: int


Keys = tuple[tuple[tuple[str, ...], Place], ...]


def read_keys(file: Path) -> Keys:
    """Return the keys and tables of a file with their places."""
    return tuple(_keys(file.read_text(encoding="utf-8")))


def place_of(path: Sequence[str], keys: Keys) -> Place | None:
    """Return where the key at the end of a path stands, or the nearest table around it; None if neither is found."""
    wanted = _alike(path)
    around = [(len(found), place) for found, place in keys if found == wanted[: len(found)]]
    return max(around, key=lambda each: each[0])[1] if around else None


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], Place]]:
    header: tuple[str, ...] = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")
        written = line.strip()
        column = len(line) - len(line.lstrip()) + 1
        if (table := _HEADER.fullmatch(written)) is not None:
            header = _path(table[2])
            yield header, Place(number, column, column + len(table[1]))
        elif "=" in written and not written.startswith("#"):
            key = written.partition("=")[0].rstrip()
            if names := _path(key):
                yield header + names, Place(number, column, column + len(key))


def _path(key: str) -> tuple[str, ...]:
    """Return the names of a dotted key; none if it is no key."""
    try:
        value: object = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(value, dict) and len(value) == 1:
        (name, value), *_ = value.items()
        names.append(name)
    return _alike(names)


def _alike(path: Sequence[str]) -> tuple[str, ...]:
    """Settings are written with hyphens or with underscores."""
    return tuple(name.replace("-", "_") for name in path)
