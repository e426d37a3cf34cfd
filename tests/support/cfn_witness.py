"""What cfn-lint says of a template."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cfnlint.api import lint
from cfnlint.core import get_rules

if TYPE_CHECKING:
    from cfnlint.rules import RulesCollection


def findings(template: str) -> list[str]:
    """Return what is wrong with a template, or merely worth a word; nothing: nothing is."""
    return [f"{match.rule.id} {match.message}" for match in lint(template, _rules())]


@cache
def _rules() -> RulesCollection:
    return get_rules(append_rules=[], ignore_rules=[], include_rules=["I"])
