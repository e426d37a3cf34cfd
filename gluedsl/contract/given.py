"""What a call is given."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.contract.elements import elements
from gluedsl.contract.keys import placed
from gluedsl.contract.values import Entry, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import Walk
    from gluedsl.source.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Values of a call's arguments, worked out once."""

    node: ast.Call
    scope: Scope
    """Where the call stands."""
    positional: tuple[Value, ...]
    named: Mapping[str, Value]
    has_all_named: bool
    """Whether there is no `**` that may hold more."""

    @staticmethod
    def of(walk: Walk, node: ast.Call, scope: Scope) -> Given:
        """Follow the arguments of a call."""
        positional: list[Value] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                entries, _ = elements(walk.value(argument.value, scope))
                positional += (entry.value for entry in entries)
            else:
                positional.append(walk.value(argument, scope))
        named: dict[str, Value] = {}
        has_all = True
        for keyword in node.keywords:
            value = walk.value(keyword.value, scope)
            if keyword.arg is not None:
                named[keyword.arg] = value
            elif isinstance(value, Record) and not value.is_copy:
                named |= {name: entry.value for name, entry in value.entries.items()}
                has_all &= not value.is_open
            else:
                walk.escape(value)
                has_all = False
        return Given(node=node, scope=scope, positional=tuple(positional), named=named, has_all_named=has_all)

    @property
    def values(self) -> tuple[Value, ...]:
        """Everything that is given."""
        return (*self.positional, *self.named.values())

    @property
    def span(self) -> Span:
        """Where the call stands."""
        return self.scope.file.span(self.node)

    @property
    def place_of_name(self) -> Span:
        """Where the name of the method stands, of a call that has a dot; else the call."""
        node = self.node.func
        return self.scope.file.name_span(node) if isinstance(node, ast.Attribute) else self.span

    def argument(self, position: int, name: str = "") -> Value | None:
        """Return one argument by position or by name."""
        if name in self.named:
            return self.named[name]
        return self.positional[position] if position < len(self.positional) else None

    def key(self, position: int, name: str) -> Value | None:
        """Return an argument that is a key, at the place that says it."""
        value = self.argument(position, name)
        for keyword in self.node.keywords:
            if keyword.arg == name and value is not None:
                return placed(value, keyword.value, self.scope)
        if value is None or any(isinstance(one, ast.Starred) for one in self.node.args[: position + 1]):
            return value
        return placed(value, self.node.args[position], self.scope)

    def entries(self) -> dict[str, Entry]:
        """Return what is given by name, each at its keyword, or at the call where a `**` holds it."""
        places = {one.arg: self.scope.file.span(one) for one in self.node.keywords if one.arg is not None}
        return {name: Entry(value, places.get(name, self.span)) for name, value in self.named.items()}

    def place(self, name: str) -> Span:
        """Return where an argument that is given by name stands; the call itself where a `**` holds it."""
        for keyword in self.node.keywords:
            if keyword.arg == name:
                return self.scope.file.span(keyword.value)
        return self.span
