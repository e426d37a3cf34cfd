"""One cfn-lint rule for each rule of gluedsl, and for each severity of its findings.

A template is judged once, by all rules together; each cfn-lint rule then tells what is its own. A finding keeps
gluedsl's code in its message, because that is what `gluedsl explain` knows. How much a finding weighs, and whether it
is told, is cfn-lint's to say, by its ids: levels in a `pyproject.toml` are not looked at.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from gluedsl.cfnlint.ids import cfn_lint_id, severities
from gluedsl.cfnlint.tree import FILE, CfnLintPath, Paths, TooMuch, tree
from gluedsl.errors import UsageError
from gluedsl.rules.levels import Levels
from gluedsl.rules.registry import all_rules
from gluedsl.templates.check import check_stacks
from gluedsl.templates.definition import Library
from gluedsl.templates.document import Document
from gluedsl.templates.node import Mapping
from gluedsl.templates.stack import read_stack
from gluedsl.templates.world import StandIns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.diagnostics import Diagnostic, Severity
    from gluedsl.rules.rule import Rule

Found = dict[tuple[str, "Severity"], list[tuple[CfnLintPath, str]]]
"""Paths and messages, by gluedsl's code and by severity."""
_FOUND: WeakKeyDictionary[Any, Found] = WeakKeyDictionary()
"""What was found in each template that cfn-lint still holds."""
_ENABLED = "enabled"


def rule_classes() -> Iterable[type[Any]]:
    """Return classes of cfn-lint's kind for each rule."""
    return [_rule_class(rule, severity) for rule in all_rules() for severity in severities(rule)]


def _rule_class(rule: Rule, severity: Severity) -> type[Any]:
    summary = (inspect.getdoc(type(rule)) or "").partition("\n")[0]

    def init(self: Any) -> None:
        CloudFormationLintRule.__init__(self)
        if rule.is_opt_in:
            self.config_definition = {_ENABLED: {"default": False, "type": "boolean"}}
            self.configure()

    def match(self: Any, cfn: Any) -> list[Any]:
        if rule.is_opt_in and not self.config[_ENABLED]:
            return []
        return [RuleMatch(list(path), message) for path, message in found_in(cfn).get((rule.code, severity), ())]

    return type(
        f"{type(rule).__name__}{severity.capitalize()}",
        (CloudFormationLintRule,),
        {
            "__doc__": summary,
            "__module__": __name__,
            "__init__": init,
            "id": cfn_lint_id(rule, severity),
            "shortdesc": f"{rule.code} {rule.name}",
            "description": summary,
            "source_url": rule.url,
            "tags": ["glue", "gluedsl", rule.code],
            "match": match,
        },
    )


def found_in(cfn: Any) -> Found:
    """Return what gluedsl's rules find in a template of cfn-lint's."""
    if cfn not in _FOUND:
        _FOUND[cfn] = _judged(cfn.template)
    return _FOUND[cfn]


def _judged(template: Any) -> Found:
    paths = Paths()
    try:
        root = tree(template, paths)
        stack = read_stack(Document(FILE, root)) if isinstance(root, Mapping) else None
    except (TooMuch, UsageError):
        # No template at all: cfn-lint says so itself.
        return {}
    if stack is None:
        return {}
    found: Found = {}
    for finding in check_stacks(Library.of((stack,), StandIns()), levels=_asked_for()).diagnostics:
        path = paths.of(finding.span) if finding.span is not None else ()
        found.setdefault((finding.code, finding.severity), []).append((path, _message(finding)))
    return found


def _asked_for() -> Levels:
    """Return levels by which every rule is asked: whether one is wanted is in cfn-lint's settings."""
    return Levels({rule.code: rule.severity for rule in all_rules() if rule.is_opt_in})


def _message(finding: Diagnostic) -> str:
    """Return a finding on one line."""
    return "; ".join((finding.message, *finding.help)) + f" [{finding.code}]"
