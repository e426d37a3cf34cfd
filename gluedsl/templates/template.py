"""What a path holds: one template, or the templates of a cloud assembly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Report
from gluedsl.templates.assembly import MANIFEST, read_assembly
from gluedsl.templates.check import check_stacks
from gluedsl.templates.collector import without_collector
from gluedsl.templates.definition import TABLES, Library
from gluedsl.templates.document import read_document, shown_path
from gluedsl.templates.stack import read_stack
from gluedsl.templates.world import StandIns

if TYPE_CHECKING:
    from gluedsl.rules.levels import Levels
    from gluedsl.templates.stack import Stack

SUFFIXES = (".json", ".yaml", ".yml", ".template")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Everything that was read from a path."""

    shown: str
    """The path, as messages show it."""
    groups: tuple[tuple[Stack, ...], ...]
    """Stacks that are deployed together; those of different groups may be in different accounts."""

    @property
    def resource_count(self) -> int:
        """How many workflows, triggers, jobs and crawlers there are."""
        resources = (resource for group in self.groups for stack in group for resource in stack.resources.values())
        return sum(resource.type in TABLES for resource in resources)

    @property
    def is_malformed(self) -> bool:
        """Whether a template is one of which nobody can say for sure what it defines: CloudFormation reads none such.

        A key stands twice, a resource is no map, something refers to itself. It is reported with all else.
        """
        return any(stack.faults for group in self.groups for stack in group)

    def check(self, *, levels: Levels | None = None) -> Report:
        """Return what rules find that stands whatever the templates leave open."""
        with without_collector():
            reports = [check_stacks(Library.of(group, StandIns()), levels=levels) for group in self.groups]
        return Report.of(finding for report in reports for finding in report.diagnostics)


def is_template(path: str) -> bool:
    """Whether a path is to be read as a template or as a cloud assembly, and not as a flow."""
    where = Path(path)
    return (where.suffix in SUFFIXES and not where.is_dir()) or (where / MANIFEST).is_file()


def read(path: str) -> Template:
    """Return what a template or a cloud assembly defines.

    Raises:
        UsageError: there is no such thing, or it cannot be read as one.
    """
    where = Path(path)
    if (where / MANIFEST).is_file():
        return Template(shown=shown_path(where), groups=read_assembly(where))
    return Template(shown=shown_path(where), groups=((read_stack(read_document(where)),),))
