"""The names of a module, class or function, and what the code around them has come to."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.contract.values import either

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gluedsl.contract.files import CodeFile
    from gluedsl.contract.values import Class, Instance, Value
    from gluedsl.source.span import Span


@dataclass(eq=False, slots=True)
class Scope:
    """Names and their values, as far as the code has been followed."""

    file: CodeFile
    module: str
    """Dotted name of the module, for relative imports; its package's own for an `__init__.py`."""
    package: str
    parent: Scope | None = None
    names: dict[str, Value] = field(default_factory=dict)
    ways: list[dict[str, Value]] = field(default_factory=list)
    """Names given values on a way that may not be taken, over `names`; the innermost way last."""
    handed_over: set[str] = field(default_factory=set)
    """Parameters, and variables of loops."""
    elsewhere: dict[str, Scope] = field(default_factory=dict)
    """Where names live that are declared global or nonlocal."""

    def inner(self) -> Scope:
        """Return a new scope inside of this one."""
        return Scope(file=self.file, module=self.module, package=self.package, parent=self)

    @property
    def top(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def find(self, name: str) -> Value | None:
        """Return the value of a name; None if nobody here gave it one."""
        scope: Scope | None = self.elsewhere.get(name, self)
        while scope is not None:
            for names in (*reversed(scope.ways), scope.names):
                if name in names:
                    return names[name]
            scope = scope.parent
        return None

    def set(self, name: str, value: Value) -> None:
        """Give a name a value."""
        scope = self.elsewhere.get(name, self)
        (scope.ways[-1] if scope.ways else scope.names)[name] = value

    def hand_over(self, target: ast.expr) -> None:
        """Note that a loop gives values to its variables."""
        self.handed_over.update(node.id for node in ast.walk(target) if isinstance(node, ast.Name))

    def enter(self, names: Mapping[str, Value] | None = None) -> None:
        """Begin a way that may or may not be taken; with names that have been given values on it before."""
        self.ways.append(dict(names or {}))

    def leave(self) -> dict[str, Value]:
        """End that way; return the names that were given values on it."""
        return self.ways.pop()

    def merge(self, ways: Sequence[Mapping[str, Value]]) -> None:
        """Go on after one of several ways."""
        for name in dict.fromkeys(name for names in ways for name in names):
            values = [names[name] if name in names else self.find(name) for names in ways]
            self.set(name, either(*(value for value in values if value is not None)))


@dataclass(slots=True)
class Frame:
    """One call that is being followed."""

    returned: list[Value] = field(default_factory=list)
    has_left: bool = False
    """Whether it may have returned already."""
    has_skipped: bool = False
    """Whether the loop around may have been left, or gone on with the next element."""
    place: Span | None = None
    """Of the call."""
    owner: Instance | None = None
    """What a method was called on."""
    of_class: Class | None = None
