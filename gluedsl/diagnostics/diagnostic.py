"""One finding, as a value. Renderers take it and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.source.span import Span


class Severity(StrEnum):
    """How much a finding weighs: an error stops every route to AWS."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another place that a finding speaks of."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding: what is wrong, where, and what would be right.

    `message` is lower case, without a full stop, names resources in backticks and is true on its own.
    It says what is wrong; only `help` says what to do.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span | None
    """The smallest text that is wrong; None where the source is not known."""
    label: str = ""
    """What to write beside the underlined text; empty: nothing."""
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    url: str = ""
    """AWS's own page for the restriction."""
    hides_source: bool = False
    """Whether the source must not be shown beside it: it holds a secret."""
