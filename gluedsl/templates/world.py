"""One way in which everything unknown about a template could turn out.

A template leaves open what a parameter without a default is, what another stack exports, which of its conditions hold.
A world decides all of it at once. There are many; `gluedsl.templates.check` looks at several, and a finding that is not
in all of them hangs on something that nobody knows yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import md5
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence


class Decision(NamedTuple):
    """What was chosen, out of how many options."""

    key: str
    options: int
    option: int
    is_truth: bool


@dataclass(slots=True)
class World:
    """Decides by the numbers of rows: in row 0 for the first option, in row 1 for the last, then in many ways.

    First in some rows for the second everywhere, for the third, and so on: what stands only while two unknown values
    differ is refuted by one of these. Then in all ways mixed.
    """

    row: int
    truth_row: int
    """Of the truth of conditions: one may vary while the other stays."""
    is_literal: bool = False
    """Whether everything is as it is written, even what cannot be."""
    most_options: int = 1
    """Of any decision so far."""
    has_conditions: bool = False
    """Whether the truth of a condition was among the decisions so far."""
    decisions: list[Decision] = field(default_factory=list)
    """All so far; those that something already computed hangs on are repeated when it is used."""

    @property
    def is_generous(self) -> bool:
        """Whether names that are not known are such that the most can start."""
        return self.row % 2 == 0

    def choose(self, key: str, count: int) -> int:
        """Return which of some options holds; the same for the same key. In `count` mixed rows each has its turn."""
        self.most_options = max(self.most_options, count)
        return self._decided(Decision(key, count, _choice(self.row, key, count), is_truth=False))

    def _decided(self, decision: Decision) -> int:
        self.decisions.append(decision)
        return decision.option

    def agrees(self, decisions: Sequence[Decision]) -> bool:
        """Whether decisions of some world are those of this one; if so, they count as made."""
        for one in decisions:
            option = (
                _option(self.truth_row, one.key, one.options)
                if one.is_truth
                else _choice(self.row, one.key, one.options)
            )
            if option != one.option:
                return False
        self.decisions += decisions
        return True

    def doubts(self, key: str) -> bool:
        """Return whether something stands in the place of what cannot be."""
        return not self.is_literal and self.choose(f"{key}?", 2) == 1

    def holds(self, key: str) -> bool:
        """Return whether a condition that nobody knows holds."""
        self.has_conditions = True
        return self._decided(Decision(key, 2, _option(self.truth_row, key, 2), is_truth=True)) == 0


_ALIKE = 6
"""Rows in which all choices are for the same option, the first two among them."""


def _choice(row: int, key: str, count: int) -> int:
    if 1 < row < _ALIKE:
        return (row - 1) % count
    return _option(row if row < _ALIKE else row - _ALIKE + 2, key, count)


def _option(row: int, key: str, count: int) -> int:
    if row == 0:
        return 0
    if row == 1:
        return count - 1
    round_, turn = divmod(row, count)
    return (turn + crc32(f"{key}/{round_}".encode())) % count


@dataclass(slots=True)
class StandIns:
    """Texts in the place of texts that are not known: one for each, unlike any that a template has.

    They are such as Glue allows for a name, so short that a dozen of them make no name too long, and are shown as what
    they stand for.
    """

    by_key: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def of(self, key: str, shown: str) -> str:
        """Return the text that stands for what the key names."""
        if key not in self.by_key:
            digest = md5(key.encode(), usedforsecurity=False).hexdigest()
            stand_in = f"{_MARK}{digest[:_DIGITS]}"
            self.by_key[key] = stand_in
            self.shown[stand_in] = shown
        return self.by_key[key]

    def within(self, text: str) -> bool:
        """Whether some of a text is not known."""
        return _MARK in text

    def show(self, text: str) -> str:
        """Return a text with what is meant in the place of each stand-in; of one that was cut short, dots are left."""
        return _STAND_IN.sub(lambda found: self.shown.get(found[0], ""), text)


_MARK = "zq0xq"
_DIGITS = 13
_STAND_IN = re.compile(f"{_MARK}[0-9a-f]{{0,{_DIGITS}}}|(?:zq|zq0|zq0x)(?=[.]{{3}})")
