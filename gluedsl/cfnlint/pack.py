"""One cfn-lint rule for each rule of gluedsl.

A template is judged once, by all rules together; each cfn-lint rule then tells what is its own. A finding keeps
gluedsl's code in its message, because that is what `gluedsl explain` knows.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from gluedsl.cfnlint.ids import cfn_lint_id
from gluedsl.cfnlint.tree import FILE, CfnLintPath, Paths, TooDeep, tree
from gluedsl.errors import UsageError
from gluedsl.rules.registry import all_rules
from gluedsl.templates.check import check_stacks
from gluedsl.templates.definition import Library
from gluedsl.templates.document import Document
from gluedsl.templates.node import Mapping
from gluedsl.templates.stack import read_stack
from gluedsl.templates.world import StandIns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Rule

Found = dict[str, list[tuple[CfnLintPath, str]]]
"""Paths and messages, by gluedsl's code."""
_FOUND: WeakKeyDictionary[Any, Found] = WeakKeyDictionary()
"""What was found in each template that cfn-lint still holds."""


def rule_classes() -> Iterable[type[Any]]:
    """Return a class of cfn-lint's kind for each rule."""
    return [_rule_class(rule) for rule in all_rules()]


def _rule_class(rule: Rule) -> type[Any]:
    summary = (inspect.getdoc(type(rule)) or "").partition("\n")[0]

    def match(self: Any, cfn: Any) -> list[Any]:  # noqa: ARG001 -- how cfn-lint asks a rule
        return [RuleMatch(list(path), message) for path, message in found_in(cfn).get(rule.code, ())]

    return type(
        type(rule).__name__,
        (CloudFormationLintRule,),
        {
            "__doc__": summary,
            "__module__": __name__,
            "id": cfn_lint_id(rule),
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
    except (TooDeep, UsageError):
        # No template at all: cfn-lint says so itself.
        return {}
    if stack is None:
        return {}
    found: Found = {}
    for finding in check_stacks(Library.of((stack,), StandIns())).diagnostics:
        path = paths.of(finding.span) if finding.span is not None else ()
        found.setdefault(finding.code, []).append((path, _message(finding)))
    return found


def _message(finding: Diagnostic) -> str:
    """Return a finding on one line."""
    return "; ".join((finding.message, *finding.help)) + f" [{finding.code}]"
