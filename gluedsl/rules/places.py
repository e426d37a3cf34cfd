"""Other places that a finding speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Related

if TYPE_CHECKING:
    from gluedsl.source.span import Span


def related(*places: tuple[Span | None, str]) -> tuple[Related, ...]:
    """Return the places whose source is known."""
    return tuple(Related(span=span, message=message) for span, message in places if span is not None)
