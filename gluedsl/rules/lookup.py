"""A rule by what people call it: its code or its name, in any case."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gluedsl.rules.registry import all_rules
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.rules.rule import Rule


_CODE = re.compile(r"([A-Za-z]+)[-_ ]?([0-9]{1,9})")

_ONE_CHARACTER = 0.8
"""How like each other two codes are that differ in one character; all that share a number are nearly so."""


@cache
def _by_word() -> Mapping[str, Rule]:
    rules = all_rules()
    words = {word.upper(): rule for rule in rules for word in rule.also}
    return words | {word.upper(): rule for rule in rules for word in (rule.code, rule.name)}


def rule_called(text: str) -> Rule | None:
    """Return the rule with this code or name, or the one that finds what this id of the catalogue is about."""
    return _by_word().get(text.strip().upper())


def nearest(text: str, *more: str) -> tuple[str, ...]:
    """Return a help that names the rule, or the one of `more`, that was probably meant; empty if none is near."""
    rules = all_rules()
    code = _CODE.fullmatch(text.strip())
    if code is None:
        return did_you_mean(text.strip(), [rule.name for rule in rules])
    known = [*(rule.code for rule in rules), *more]
    return did_you_mean(f"{code[1]}{int(code[2]):03}", known, likeness=_ONE_CHARACTER)
