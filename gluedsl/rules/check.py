"""Every rule over one project.

Comes in: a project, the origins of its values, and what lowering could not put into it. Goes out: one report with
everything that is wrong. A rule that crashes becomes a finding of its own, and the others still report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Report
from gluedsl.rules.registry import all_rules
from gluedsl.rules.rule import Context
from gluedsl.rules.tool.rule_crashed import RuleCrashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Origins, Project
    from gluedsl.model.faults import Fault
    from gluedsl.rules.rule import Rule


def check(
    project: Project, origins: Origins, faults: Iterable[Fault] = (), *, rules: Iterable[Rule] | None = None
) -> Report:
    """Return what the rules find, all of them unless some are given."""
    context = Context(project, origins, tuple(faults))
    chosen = all_rules() if rules is None else rules
    return Report.of(diagnostic for rule in chosen for diagnostic in _findings(rule, context))


def _findings(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    try:
        yield from rule.check(context)
    except Exception as error:  # noqa: BLE001 -- whatever a rule raises must not hide what the others find
        yield RuleCrashed().report(rule, error)
