"""Names that are too long to read, cut in all that rules say of them; what else is long is said whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import walk
from gluedsl.rules.wording import LONGEST_NAME, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Project


def with_short_names(findings: Collection[Diagnostic], project: Project) -> Collection[Diagnostic]:
    """Return findings in which each long name of the project is its beginning."""
    if not findings:
        return findings
    cut = {f"`{name}`": f"`{shortened(name)}`" for name in _names(project) if len(name) > LONGEST_NAME}
    return [_cut(finding, cut) for finding in findings] if cut else findings


def _cut(finding: Diagnostic, cut: Mapping[str, str]) -> Diagnostic:
    def short(text: str) -> str:
        for name, beginning in cut.items():
            text = text.replace(name, beginning)
        return text

    return replace(
        finding,
        message=short(finding.message),
        label=short(finding.label),
        related=tuple(replace(one, message=short(one.message)) for one in finding.related),
        notes=tuple(map(short, finding.notes)),
        help=tuple(map(short, finding.help)),
    )


def _names(project: Project) -> Iterator[str]:
    for _, workflow in walk.workflows(project):
        yield workflow.name
        yield from (str(name) for name in workflow.default_run_properties)
    for path, _, trigger in walk.triggers(project):
        yield trigger.name
        nodes = (
            *(action_node(action) for _, action in walk.actions(path, trigger)),
            *(condition_node(condition) for _, condition in walk.conditions(path, trigger)),
        )
        yield from (node.name for node in nodes if node is not None)
    for _, job in walk.jobs(project):
        yield from (job.name, job.role or "")
        yield from (str(name) for name in (*job.default_arguments, *job.non_overridable_arguments))
    for _, crawler in walk.crawlers(project):
        yield from (crawler.name, crawler.role or "")
