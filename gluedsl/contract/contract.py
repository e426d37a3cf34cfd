"""The contract of one job's code, as data. Every span is in a file of code, not in the flow that names the job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.source.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name that the code says, of an option or of a run property; the first place that says it most strictly."""

    name: str
    span: Span
    is_sure: bool = True
    """Whether every run of the job that does not fail before comes by this place."""
    is_needed: bool = True
    """Whether the code fails here where there is no such thing; `.get(...)` and `in` do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call of `getResolvedOptions`."""

    options: tuple[Mention, ...]
    """Without leading dashes, as the code names them."""
    has_all: bool
    """Whether these are all the options that this call can ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeMapPut:
    """A put of all run properties, read before and changed: it takes back what others wrote in between."""

    span: Span
    keys: tuple[str, ...]
    """Those that the code itself changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A run property that the code tries to delete, which Glue cannot."""

    name: str
    span: Span
    is_refused: bool
    """Whether the code fails; otherwise it deletes from a copy, and nothing happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A use of run properties that fails: of typed ones what their class refuses, of plain ones attributes."""

    name: str
    """Of the run property that is meant; empty: of none in particular."""
    span: Span
    is_write: bool
    is_item: bool
    """Whether typed properties are taken for a dict; otherwise the class, or a dict, has no such attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistyping:
    """A value that is written out and not of the type that its run property is declared with: the code fails there."""

    name: str
    """Of the run property."""
    span: Span
    """Of the value."""
    given: str
    """Its type, by name."""
    declared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparsable:
    """Code that is no Python of the version that its job runs on."""

    span: Span
    message: str
    """As Python says it."""
    version: tuple[int, int]
    """Of Python."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What the code of a job asks for, reads and writes. Each name stands once, in the order of the code."""

    requests: tuple[Request, ...] = ()
    arguments: tuple[Mention, ...] = ()
    """Names looked up in `run.arguments` of a function job."""
    lookups: tuple[Mention, ...] = ()
    """Names looked up in what `getResolvedOptions` returned."""
    reads: tuple[Mention, ...] = ()
    has_all_reads: bool = False
    """Whether these are all the run properties that the code can read."""
    writes: tuple[Mention, ...] = ()
    has_all_writes: bool = False
    whole_map_puts: tuple[WholeMapPut, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    unencoded: tuple[Mention, ...] = ()
    """Run properties that are written with a value that is no string."""
    refusals: tuple[Refusal, ...] = ()
    """Uses of run properties that fail; they are neither reads nor writes."""
    mistypings: tuple[Mistyping, ...] = ()
    """What typed run properties refuse to hold; they are writes all the same."""
    unparsable: Unparsable | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether the contract says nothing at all."""
        return self == UNKNOWN


UNKNOWN = Contract()
"""Of code that is not here, not Python, not written yet, or too dynamic."""
