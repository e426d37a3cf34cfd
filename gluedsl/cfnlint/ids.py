"""The ids that cfn-lint knows gluedsl's rules by.

cfn-lint keeps 9000 to 9999 for rules that are not its own, and tells severity by the first letter. Each area of
gluedsl's codes has fifty numbers there, so that a code and its id follow from each other and neither ever changes:
`WF006` is `E9006`, `TR016` is `E9066`.
https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity

if TYPE_CHECKING:
    from gluedsl.rules.rule import Rule

AREAS = ("WF", "TR", "SC", "EV", "CN", "AC", "GR", "JB", "AR", "CR", "RP", "TG", "QT", "DP", "IM", "BP", "TL")
"""In the order of their numbers. A new area comes last."""
NUMBERS_OF_AN_AREA = 50
FIRST = 9000
_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "I"}


def cfn_lint_id(rule: Rule) -> str:
    """Return the id of a rule."""
    number = FIRST + NUMBERS_OF_AN_AREA * AREAS.index(rule.code[:2]) + int(rule.code[2:])
    return f"{_LETTERS[rule.severity]}{number}"
