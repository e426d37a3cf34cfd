"""Where values stand, computed for those that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.templates.node import span_of

if TYPE_CHECKING:
    from gluedsl.model import Path
    from gluedsl.source.span import Span
    from gluedsl.templates.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class Places(Mapping["Path", "Span"]):
    """Spans by path. A large template has a hundred thousand values, and findings at a few of them."""

    nodes: dict[Path, Node] = field(default_factory=dict)

    def __getitem__(self, path: Path) -> Span:
        return span_of(self.nodes[path])

    def __iter__(self) -> Iterator[Path]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)
