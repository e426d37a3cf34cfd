"""Every restriction and pitfall of Glue by id, and what gluedsl does about it.

Comes in: `catalogue.toml`, which holds titles and the reasons where there is no rule, and the registry of rules.
Goes out: an entry an id.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from gluedsl.rules.page import page
from gluedsl.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.rules.rule import Rule

AREAS: Mapping[str, str] = {
    "WF": "Workflows",
    "TR": "Triggers",
    "SC": "Schedules",
    "EV": "Events",
    "CN": "Conditions",
    "AC": "Actions",
    "GR": "Graphs",
    "JB": "Jobs",
    "AR": "Arguments of jobs",
    "CR": "Crawlers",
    "RP": "Run properties",
    "TG": "Tags",
    "QT": "Quotas",
    "IM": "Permissions",
    "TL": "gluedsl itself",
}
"""What ids begin with."""

Standing = Literal["rule", "type", "unknowable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One id."""

    code: str
    title: str
    """What must hold, or what happens; without a full stop."""
    standing: Standing | None
    """A rule finds it, the types make it impossible to write, or nobody can know before a deployment."""
    reason: str = ""
    """Why there is no rule: a sentence."""
    rule: Rule | None = None
    """The rule that finds it: of this code, or of another that names this one too."""


@cache
def entries() -> Mapping[str, Entry]:
    """Return all entries by id, in the order of the areas; gluedsl's own rules come last."""
    table = tomllib.loads(files("gluedsl.rules").joinpath("catalogue.toml").read_text(encoding="utf-8"))
    by_code = {code: rule for rule in all_rules() for code in (*rule.also, rule.code)}
    own: dict[str, dict[str, str]] = {code: {} for code in by_code if code not in table}
    return {code: _entry(code, row, by_code.get(code)) for code, row in (table | own).items()}


def _entry(code: str, row: Mapping[str, str], rule: Rule | None) -> Entry:
    standing: Standing | None = "rule" if rule is not None else None
    reason = ""
    for kind in ("type", "unknowable"):
        if kind in row and rule is None:
            standing, reason = ("type" if kind == "type" else "unknowable"), row[kind]
    title = row.get("title") or (page(rule).summary.rstrip(".") if rule is not None else "")
    return Entry(code=code, title=title, standing=standing, reason=reason, rule=rule)
