"""What a rule is, and what it is given to read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from gluedsl.diagnostics import Diagnostic, Severity
from gluedsl.graph import WorkflowGraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Related
    from gluedsl.model import Origins, Project
    from gluedsl.model.faults import Fault
    from gluedsl.source.span import Span


class Kind(StrEnum):
    """Whether a finding can be argued with."""

    RESTRICTION = "restriction"
    """AWS refuses it, or it cannot work: an error that nothing silences."""
    LINT = "lint"
    """Legal, and usually a mistake: its level is the author's to set."""


@dataclass(frozen=True)
class Context:
    """What rules read."""

    project: Project
    origins: Origins
    faults: tuple[Fault, ...] = field(default=())

    @cached_property
    def graphs(self) -> tuple[WorkflowGraph, ...]:
        """The graph of each workflow, in the project's order."""
        return tuple(WorkflowGraph.of(workflow) for workflow in self.project.workflows)

    def span(self, *path: str | int) -> Span | None:
        """Return where the value at this path was written, or the nearest thing around it."""
        return self.origins.at(path)


class Rule(ABC):
    """One restriction or lint.

    A subclass sits alone in a file named after it and carries its page as docstring, under the headings
    What it does, Why is this bad, Example, Use instead.
    """

    code: ClassVar[str]
    """The id of the restriction; never reused."""
    name: ClassVar[str]
    """In kebab-case; names the bad thing, so that it reads well after "allow"."""
    kind: ClassVar[Kind]
    severity: ClassVar[Severity]
    since: ClassVar[str]
    """The version of gluedsl that first had it."""
    url: ClassVar[str]
    """AWS's own page, or the public record of AWS's answer, that the rule rests on."""

    @abstractmethod
    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong."""

    def finding(
        self,
        message: str,
        span: Span | None,
        *,
        label: str = "",
        related: tuple[Related, ...] = (),
        notes: tuple[str, ...] = (),
        help: tuple[str, ...] = (),  # noqa: A002 -- the word that every compiler uses for it
        severity: Severity | None = None,
    ) -> Diagnostic:
        """Make a diagnostic of this rule; `severity` where it differs from the rule's own."""
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            span=span,
            label=label,
            related=related,
            notes=notes,
            help=help,
            url=self.url,
        )


__all__ = ["Context", "Kind", "Rule"]
