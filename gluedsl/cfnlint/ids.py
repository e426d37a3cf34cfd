"""The ids that cfn-lint knows gluedsl's rules by.

cfn-lint keeps 9000 to 9999 for rules that are not its own, and tells severity by the first letter. Each area of
gluedsl's codes has fifty numbers there, so that a code and its id follow from each other and neither ever changes:
`WF006` is `E9006`, `TR016` is `E9066`. A rule that weighs some findings differently has an id for each severity.
https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.rules.rule import Rule

AREAS = ("WF", "TR", "SC", "EV", "CN", "AC", "GR", "JB", "AR", "CR", "RP", "TG", "QT", "DP", "IM", "BP", "TL")
"""In the order of their numbers. A new area comes last."""
NUMBERS_OF_AN_AREA = 50
FIRST = 9000
_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "I"}
FURTHER: Mapping[str, Severity] = {
    "AC002": Severity.INFO,
    "AC010": Severity.WARNING,
    "GR001": Severity.WARNING,
    "GR004": Severity.ERROR,
    "JB008": Severity.WARNING,
    "JB025": Severity.WARNING,
    "JB032": Severity.WARNING,
    "JB037": Severity.INFO,
    "RP006": Severity.WARNING,
    "TL011": Severity.INFO,
    "TR006": Severity.INFO,
    "TR011": Severity.WARNING,
    "TR013": Severity.WARNING,
    "TR014": Severity.WARNING,
    "TR018": Severity.ERROR,
}
"""What else than by its own severity a rule weighs some findings by."""


def cfn_lint_id(rule: Rule, severity: Severity | None = None) -> str:
    """Return the id of a rule, for its findings of a severity: without one, of its own."""
    number = FIRST + NUMBERS_OF_AN_AREA * AREAS.index(rule.code[:2]) + int(rule.code[2:])
    return f"{_LETTERS[severity or rule.severity]}{number}"


def severities(rule: Rule) -> tuple[Severity, ...]:
    """Return by what a rule weighs its findings, its own severity first."""
    further = FURTHER.get(rule.code)
    return (rule.severity,) if further is None else (rule.severity, further)
