"""What a rule is, and what it is given to read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from gluedsl.contract import UNKNOWN
from gluedsl.diagnostics import Diagnostic, Severity
from gluedsl.graph import WorkflowGraph
from gluedsl.rules.arguments.given import given
from gluedsl.rules.words import PYTHON, Words
from gluedsl.spelling.limits import Violation, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gluedsl.contract import Contract
    from gluedsl.diagnostics import Related
    from gluedsl.model import Job, Origins, Project
    from gluedsl.model.allowances import Allowance
    from gluedsl.model.faults import Fault
    from gluedsl.rules.arguments.given import Given
    from gluedsl.source.span import Span

Part = TypeVar("Part")
Found = TypeVar("Found")


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
    allowances: tuple[Allowance, ...] = field(default=(), kw_only=True)
    contracts: Mapping[str, Contract] = field(default_factory=dict, kw_only=True)
    """What the code of jobs says, by job; nothing is known of the others."""
    words: Words = field(default=PYTHON, kw_only=True)
    """What the author writes."""
    _worked_out: dict[tuple[object, int], object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By the function, and the `id` of the part of the project, which lives as long as this does."""

    @cached_property
    def graphs(self) -> tuple[WorkflowGraph, ...]:
        """The graph of each workflow, in the project's order."""
        return tuple(WorkflowGraph.of(workflow) for workflow in self.project.workflows)

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """Every place where a job is given arguments."""
        return tuple(given(self.project))

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the API's own model does not allow, in the project's order."""
        return violations(self.project, in_template=self.words.is_template)

    def once(self, work: Callable[[Part], Found], part: Part) -> Found:
        """Return what `work` makes of a part of the project, worked out for the first rule that asks."""
        key = (work, id(part))
        if key not in self._worked_out:
            self._worked_out[key] = work(part)
        return cast("Found", self._worked_out[key])

    def span(self, *path: str | int) -> Span | None:
        """Return where the value at this path was written, or the nearest thing around it."""
        span = self.origins.at(path)
        return replace(span, path=path) if span is not None else None

    def contract(self, job: Job) -> Contract:
        """Return what the code of a job says."""
        return self.contracts.get(job.name, UNKNOWN)

    def span_in_code(self, span: Span, *path: str | int) -> Span:
        """Return a place in the code of the job at this path, so that the job can allow what is found there."""
        return replace(span, path=path)


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
    also: ClassVar[tuple[str, ...]] = ()
    """Ids of the catalogue that name the same restriction, and have no rule of their own."""
    is_opt_in: ClassVar[bool] = False
    """Whether the rule is asked only where a project gives it a level."""

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
