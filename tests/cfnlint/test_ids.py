"""The ids of gluedsl's rules in cfn-lint, and what cfn-lint shows of each."""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from gluedsl.cfnlint.ids import FURTHER, cfn_lint_id, severities
from gluedsl.cfnlint.pack import rule_classes
from gluedsl.diagnostics import Severity
from gluedsl.rules.registry import all_rules
from tests.support.cfn_lint_pack import pack

if TYPE_CHECKING:
    from gluedsl.rules.rule import Rule

RULES = all_rules()
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_every_rule_has_an_id_of_its_own() -> None:
    """In the range that cfn-lint keeps for others; one number a rule, and the letter of its severity."""
    ids = [cfn_lint_id(rule, severity) for rule in RULES for severity in severities(rule)]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[EWI]9[0-9]{3}", one) for one in ids)
    assert len({one[1:] for one in ids}) == len(RULES)


def test_ids_are_kept() -> None:
    """People write them into their templates: the first and the last of some areas stay what they are."""
    by_code = {rule.code: cfn_lint_id(rule) for rule in RULES}
    kept = {"WF006": "E9006", "TR016": "E9066", "SC002": "E9102", "EV001": "E9151", "CN004": "E9204", "AC001": "E9251"}
    more = {"GR001": "E9301", "JB001": "E9351", "AR001": "E9401", "CR001": "E9451", "RP001": "E9501", "TL001": "E9801"}

    assert {code: by_code[code] for code in kept | more} == kept | more


def given_severities(rule: Rule) -> set[Severity]:
    """Return every severity that the code of a rule names for some of its findings."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(type(rule)) or type(rule)))
    given = [
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "severity"
    ]
    named = [name for value in given for name in ast.walk(value) if isinstance(name, ast.Attribute)]
    return {Severity[name.attr] for name in named if ast.unparse(name).startswith("Severity.")}


@each_rule
def test_every_severity_has_an_id(rule: Rule) -> None:
    """A finding whose severity is not its rule's own is told as what it is."""
    assert set(severities(rule)) == {rule.severity, *given_severities(rule)}


def test_only_rules_have_further_severities() -> None:
    """No entry outlives its rule."""
    assert FURTHER.keys() <= {rule.code for rule in RULES}


@each_rule
def test_what_cfn_lint_shows_of_a_rule(rule: Rule) -> None:
    """`cfn-lint --list-rules` shows the code and the name, the first line of the page, AWS's page and the tags."""
    shown = {one.id: one for one in pack().values()}

    for severity in severities(rule):
        one = shown[cfn_lint_id(rule, severity)]
        assert one.shortdesc == f"{rule.code} {rule.name}"
        assert re.fullmatch(r"[A-Z].*\.", one.description)
        assert one.source_url == rule.url
        assert one.tags == ["glue", "gluedsl", rule.code]
        assert one.severity == {"error": "error", "warning": "warning", "info": "informational"}[severity]
        assert one.experimental is False


def test_only_rules_that_are_asked_for_are_configured() -> None:
    """A rule that is off is enabled by its one setting; the others have none."""
    configured = {one.id: one.config_definition for one in pack().values() if one.config_definition}
    off = {cfn_lint_id(rule, severity) for rule in RULES if rule.is_opt_in for severity in severities(rule)}

    assert configured == {one: {"enabled": {"default": False, "type": "boolean"}} for one in off}


def test_classes_are_named_apart() -> None:
    """cfn-lint takes them from a module, by their names."""
    names = [one.__name__ for one in rule_classes()]

    assert len(set(names)) == len(names)
