"""Findings against `allow=`: which of them an author has silenced, and which entries silenced something.

Comes in: the project, what its objects allow, and findings with the path of what they are about.
Goes out: the findings that remain. An error remains whatever is allowed, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import walk
from gluedsl.rules.lookup import rule_called
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path, Project
    from gluedsl.model.allowances import Allowance


@dataclass(kw_only=True)
class Ledger:
    """Keeps count of what is allowed while findings are looked at."""

    project: Project
    allowances: tuple[Allowance, ...]
    _used: set[Allowance] = field(default_factory=set)

    def remaining(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what is not silenced."""
        for finding in findings:
            matching = [one for one in self.allowances if self._covers(one, finding)]
            self._used.update(matching)
            if not matching:
                yield finding
            elif finding.severity is Severity.ERROR:
                yield replace(finding, notes=(*finding.notes, "`allow` does not silence it: here it is an error"))

    def unused(self, codes: Iterable[str]) -> Iterator[Allowance]:
        """Yield entries that silenced nothing, of the lints that were asked to the end."""
        asked = frozenset(codes)
        for one in self.allowances:
            rule = rule_called(one.rule)
            if rule is not None and rule.kind is Kind.LINT and rule.code in asked and one not in self._used:
                yield one

    def _covers(self, allowance: Allowance, finding: Diagnostic) -> bool:
        rule = rule_called(allowance.rule)
        if rule is None or rule.code != finding.code or rule.kind is Kind.RESTRICTION or finding.span is None:
            return False
        length = len(allowance.path)
        return any(path[:length] == allowance.path for path in self._subjects(finding.span.path))

    def _subjects(self, path: Path) -> Iterator[Path]:
        """Yield the paths of what a finding at `path` is about: that, and the node that it names in a trigger."""
        yield path
        node = _named(self.project, path)
        if node is None:
            return
        named = walk.jobs(self.project) if node.type == "JOB" else walk.crawlers(self.project)
        for place, one in named:
            if one.name == node.name:
                yield place


def _named(project: Project, path: Path) -> Node | None:
    """Return the job or crawler that an action or condition at, or around, `path` names."""
    for place, _, trigger in walk.triggers(project):
        if path[: len(place)] != place:
            continue
        for at, action in walk.actions(place, trigger):
            if path[: len(at)] == at:
                return action_node(action)
        for at, condition in walk.conditions(place, trigger):
            if path[: len(at)] == at:
                return condition_node(condition)
    return None
