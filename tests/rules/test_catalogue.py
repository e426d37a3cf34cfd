"""Every id of the catalogue is a rule, impossible to write, or not knowable."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from gluedsl.rules.catalogue import AREAS, Entry, entries
from gluedsl.rules.registry import all_rules

COUNTS = {
    "WF": 20,
    "TR": 30,
    "SC": 15,
    "EV": 10,
    "CN": 22,
    "AC": 15,
    "GR": 15,
    "JB": 43,
    "AR": 15,
    "CR": 26,
    "RP": 9,
    "TG": 5,
    "QT": 17,
    "IM": 5,
}
"""How many ids each area has; they are numbered from 1 on."""
TABLE = tomllib.loads(files("gluedsl.rules").joinpath("catalogue.toml").read_text(encoding="utf-8"))
each_row = pytest.mark.parametrize("code", TABLE)


def test_every_id_is_there_in_order() -> None:
    """None is left out, and none is new without a decision."""
    assert [f"{area}{number:03}" for area, count in COUNTS.items() for number in range(1, count + 1)] == list(TABLE)


def test_every_id_is_found_or_has_a_reason() -> None:
    """A rule finds it, the types leave no room for it, or nobody can know."""
    assert [entry.code for entry in entries().values() if entry.standing is None] == []


def test_no_id_has_both_a_rule_and_a_reason() -> None:
    """A reason would be wrong as soon as there is a rule."""
    assert [code for code, row in TABLE.items() if entries()[code].rule is not None and row.keys() != {"title"}] == []


def test_rules_have_ids_of_the_catalogue() -> None:
    """Only gluedsl's own rules are in no table, and they are in one area."""
    assert {"TL"} == {code[:2] for code in entries().keys() - TABLE.keys()}
    assert set(AREAS) == {*COUNTS, "TL"}


def test_what_rules_also_stand_for_is_said_once() -> None:
    """No id is claimed twice, and none that has a rule of its own."""
    claimed = [code for rule in all_rules() for code in (rule.code, *rule.also)]

    assert sorted(set(claimed)) == sorted(claimed)


@each_row
def test_rows(code: str) -> None:
    """A title is a claim in one line; a reason is a sentence, of one kind."""
    row = TABLE[code]

    assert row.keys() in ({"title"}, {"title", "type"}, {"title", "unknowable"})
    assert re.fullmatch(r"[A-Z0-9`][^\n|]{10,119}[^.\n|]", row["title"])
    for reason in (row.get("type"), row.get("unknowable")):
        assert reason is None or re.fullmatch(r"[A-Za-z`][^\n|]*\.", reason)


@pytest.mark.parametrize("entry", [e for e in entries().values() if e.standing == "type"], ids=lambda e: e.code)
def test_what_makes_it_impossible_is_named(entry: Entry) -> None:
    """A reason names the type, the function or the command that leaves no room, and a rule by its code."""
    assert re.search(r"`[^`]+`|\b[A-Z]{2}[0-9]{3}\b", entry.reason)
    assert {"AC006", "AR004", "TR003"} >= set(re.findall(r"\b[A-Z]{2}[0-9]{3}\b", entry.reason))
