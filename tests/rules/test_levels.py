"""Levels of lints: what `[tool.gluedsl.rules]` may say, and what it does to findings."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl.diagnostics import Diagnostic, Severity
from gluedsl.errors import UsageError
from gluedsl.rules.levels import Levels

PLACE = "pyproject.toml: [tool.gluedsl.rules]"


def finding(code: str, severity: Severity) -> Diagnostic:
    """Return a finding of a rule."""
    return Diagnostic(code=code, name="x", severity=severity, message="m", span=None)


def applied(table: dict[str, str], code: str, severity: Severity) -> Severity | None:
    """Return how much a finding weighs at the levels of a table."""
    told = Levels.of(table, PLACE).applied(finding(code, severity))
    return told.severity if told is not None else None


@pytest.mark.parametrize(
    ("level", "severity"),
    [("error", Severity.ERROR), ("warning", Severity.WARNING), ("info", Severity.INFO), ("off", None)],
)
@pytest.mark.parametrize("written", ["GR004", "gr004", "twice-started-node", "Twice-Started-Node"])
def test_a_level_is_that_of_the_rule(written: str, level: str, severity: Severity | None) -> None:
    """A rule is told by its code or by its name, in any case."""
    assert severity == applied({written: level}, "GR004", Severity.WARNING)


def test_other_rules_keep_their_levels() -> None:
    """A level is set for one rule alone."""
    assert applied({"GR004": "off"}, "GR006", Severity.WARNING) == Severity.WARNING
    assert applied({}, "GR004", Severity.WARNING) == Severity.WARNING


@pytest.mark.parametrize("level", ["warning", "info", "off"])
def test_an_error_of_a_lint_stays_one(level: str) -> None:
    """What cannot work in this case is no question of taste."""
    assert applied({"GR004": level}, "GR004", Severity.ERROR) == Severity.ERROR


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        ({"GR04": "off"}, "names `GR04`, and there is no such rule", "did you mean `GR004`?"),
        (
            {"twice-started-job": "off"},
            "names `twice-started-job`, and there is no such rule",
            "did you mean `twice-started-node`?",
        ),
        ({"x": "off"}, "names `x`, and there is no such rule", "`gluedsl explain` lists all rules"),
        (
            {"second-start-trigger": "off"},
            (
                "sets the level of `second-start-trigger`, and nothing silences a restriction: "
                "AWS refuses it, or it cannot work"
            ),
            "`gluedsl explain WF006` says which",
        ),
        (
            {"WF006": "error"},
            "sets the level of `WF006`, and nothing silences a restriction: AWS refuses it, or it cannot work",
            "`gluedsl explain WF006` says which",
        ),
        ({"GR004": "loud"}, "gives `GR004` the level 'loud'", 'it takes "error", "warning", "info" or "off"'),
        ({"GR004": False}, "gives `GR004` the level False", 'it takes "error", "warning", "info" or "off"'),
        (
            {"GR004": "off", "twice-started-node": "info"},
            "sets the level of `GR004` twice, by its code and by its name",
            "",
        ),
        ([], "is not a table", 'for example: GR004 = "info"'),
    ],
)
def test_what_is_refused(table: Any, message: str, hint: str) -> None:
    """Usage that nobody can mean is an error, with what to write instead."""
    with pytest.raises(UsageError) as refused:
        Levels.of(table, PLACE)

    expected = f"{PLACE} {message}"
    assert (expected, hint) == (refused.value.message, refused.value.hint)
