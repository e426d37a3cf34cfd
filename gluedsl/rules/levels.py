"""How much each lint weighs in one project: the table `[tool.gluedsl.rules]`.

Comes in: what that table holds. Goes out: levels by code, or a UsageError. A restriction has no level: nothing
silences what AWS refuses. Nor does a level change a finding that is an error although its rule is a lint.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.errors import UsageError
from gluedsl.rules.lookup import nearest, rule_called
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.diagnostics import Diagnostic

OFF = "off"
_HINT = 'it takes "error", "warning", "info" or "off"'


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels that differ from the rules' own."""

    by_code: Mapping[str, Severity | None] = field(default_factory=dict)
    """None: off."""

    @staticmethod
    def of(table: object, place: str) -> Levels:
        """Read the table; `place` is how messages call it.

        Raises:
            UsageError: it is no table, names what is no rule, a restriction, or one rule twice, or has no such level.
        """
        if not isinstance(table, dict):
            message = f"{place} is not a table"
            raise UsageError(message, hint='for example: GR004 = "info"')
        by_code: dict[str, Severity | None] = {}
        for written, level in table.items():
            code = _lint(written, place)
            if code in by_code:
                message = f"{place} sets the level of `{code}` twice, by its code and by its name"
                raise UsageError(message)
            by_code[code] = _level(written, level, place)
        return Levels(by_code)

    def applied(self, finding: Diagnostic) -> Diagnostic | None:
        """Return the finding at its level; None if that is off."""
        if finding.severity is Severity.ERROR or finding.code not in self.by_code:
            return finding
        severity = self.by_code[finding.code]
        return replace(finding, severity=severity) if severity is not None else None


def _lint(written: str, place: str) -> str:
    rule = rule_called(written)
    if rule is None:
        message = f"{place} names `{written}`, and there is no such rule"
        raise UsageError(message, hint="".join(nearest(written)) or "`gluedsl explain` lists all rules")
    if rule.kind is Kind.RESTRICTION:
        reason = "and nothing silences a restriction: AWS refuses it, or it cannot work"
        message = f"{place} sets the level of `{written}`, {reason}"
        raise UsageError(message, hint=f"`gluedsl explain {rule.code}` says which")
    return rule.code


def _level(written: str, level: object, place: str) -> Severity | None:
    if level == OFF:
        return None
    if isinstance(level, str) and level in list(Severity):
        return Severity(level)
    message = f"{place} gives `{written}` the level {level!r}"
    raise UsageError(message, hint=_HINT)
