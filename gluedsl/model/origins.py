"""Where each value of a project was written, beside the project itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.source.span import Span

Path = tuple[str | int, ...]
"""The way from a project to a value, for example `("workflows", 0, "triggers", 2, "actions", 0, "job_name")`:
fields by name, tuples by index, mappings by key."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Spans by path."""

    spans: Mapping[Path, Span] = field(default_factory=dict)

    def at(self, path: Path) -> Span | None:
        """Return the span of the value at `path`, or of the nearest thing around it that has one."""
        for length in range(len(path), 0, -1):
            span = self.spans.get(path[:length])
            if span is not None:
                return span
        return None
