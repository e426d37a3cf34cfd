"""Everything that the modules of an author hold at one moment, to go back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.contract.values import Instance, Record, Sequence, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Single


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How to bring back each thing that code can change."""

    ways_back: tuple[Callable[[], None], ...]

    @staticmethod
    def of(scopes: Iterable[Scope]) -> Snapshot:
        """Remember the names of modules, and the lists, dicts and objects that they lead to."""
        ways: list[Callable[[], None]] = []
        seen: set[Single] = set()
        for scope in scopes:
            ways.append(_way_back_of_names(scope))
            for value in scope.names.values():
                for single in within(value):
                    if single not in seen and isinstance(single, Record | Sequence | Instance):
                        seen.add(single)
                        ways.append(_way_back(single))
        return Snapshot(tuple(ways))

    def restore(self) -> None:
        """Bring everything back."""
        for way in self.ways_back:
            way()


def _way_back_of_names(scope: Scope) -> Callable[[], None]:
    names = dict(scope.names)

    def restore() -> None:
        scope.names = dict(names)

    return restore


def _way_back(single: Record | Sequence | Instance) -> Callable[[], None]:
    match single:
        case Record(entries=entries, is_open=is_open, is_copy=is_copy, deleted=deleted):
            kept, gone = dict(entries), dict(deleted)

            def restore() -> None:
                single.entries, single.deleted = dict(kept), dict(gone)
                single.is_open, single.is_copy = is_open, is_copy

        case Sequence(items=items, is_open=is_open):
            elements = list(items)

            def restore() -> None:
                single.items, single.is_open = list(elements), is_open

        case Instance(attributes=attributes):
            values = dict(attributes)

            def restore() -> None:
                single.attributes = dict(values)

    return restore
