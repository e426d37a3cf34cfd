"""Every rule over one project.

Comes in: a project, the origins of its values, what lowering could not put into it, what its objects allow, what the
code of its jobs says, and the levels of lints. Goes out: one report with everything that is wrong. A rule that crashes
becomes a finding of its own, and the others still report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Report
from gluedsl.rules.allowing import Ledger
from gluedsl.rules.levels import Levels
from gluedsl.rules.names import with_short_names
from gluedsl.rules.registry import all_rules
from gluedsl.rules.rule import Context
from gluedsl.rules.tool.rule_crashed import RuleCrashed
from gluedsl.rules.tool.unused_allow import UnusedAllow
from gluedsl.rules.words import PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.contract import Contract
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Origins, Project
    from gluedsl.model.allowances import Allowance
    from gluedsl.model.faults import Fault
    from gluedsl.rules.rule import Rule
    from gluedsl.rules.words import Words


def check(
    project: Project,
    origins: Origins,
    faults: Iterable[Fault] = (),
    *,
    allowances: Iterable[Allowance] = (),
    contracts: Mapping[str, Contract] | None = None,
    levels: Levels | None = None,
    rules: Iterable[Rule] | None = None,
    words: Words = PYTHON,
) -> Report:
    """Return what the rules find, all of them unless some are given, in the author's words."""
    context = Context(
        project, origins, tuple(faults), allowances=tuple(allowances), contracts=contracts or {}, words=words
    )
    own = levels or Levels()
    ledger = Ledger(project=project, allowances=context.allowances)
    found: list[Diagnostic] = []
    asked: list[str] = []
    for rule in all_rules() if rules is None else rules:
        if rule.is_opt_in and rules is None and rule.code not in own.by_code:
            continue
        findings, has_crashed = _run(rule, context)
        found += ledger.remaining(findings)
        if not has_crashed:
            asked.append(rule.code)
    if UnusedAllow.code in asked:
        found += (UnusedAllow().report(one) for one in ledger.unused(asked))
    told = [finding for one in found if (finding := own.applied(one)) is not None]
    return Report.of(with_short_names(told, project))


def _run(rule: Rule, context: Context) -> tuple[list[Diagnostic], bool]:
    """Return what a rule finds, and whether it crashed."""
    findings: list[Diagnostic] = []
    try:
        findings.extend(rule.check(context))
    except Exception as error:  # noqa: BLE001 -- whatever a rule raises must not hide what the others find
        return [*findings, RuleCrashed().report(rule, error)], True
    return findings, False
