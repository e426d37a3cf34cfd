"""What follows from giving a value to something."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gluedsl.contract import lookups, typed
from gluedsl.contract.keys import key
from gluedsl.contract.values import (
    OPAQUE,
    Class,
    Instance,
    Library,
    Module,
    Properties,
    Sequence,
    Text,
    alternatives,
    either,
)

if TYPE_CHECKING:
    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import Walk


def assign(walk: Walk, target: ast.expr, value: Value, scope: Scope, written: ast.expr | None = None) -> None:
    """Follow `target = value`; `written` is the expression of all of the value; None: of a part."""
    match target:
        case ast.Name(id=name):
            scope.set(name, value)
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            _spread(walk, elts, value, scope)
        case ast.Starred(value=inner):
            walk.escape(value)
            assign(walk, inner, OPAQUE, scope)
        case ast.Attribute():
            _assign_attribute(walk, target, value, scope, written)
        case ast.Subscript():
            base, at = walk.value(target.value, scope), key(walk, target.slice, scope)
            if not typed.refuses_item(walk, base, at, (target, scope), "__setitem__", is_write=True):
                lookups.put(walk, base, at, value)
        case _:
            walk.escape(value)


def _spread(walk: Walk, targets: list[ast.expr], value: Value, scope: Scope) -> None:
    """Follow `a, b = value`."""
    singles = alternatives(value)
    is_plain = not any(isinstance(target, ast.Starred) for target in targets)
    fits = is_plain and all(
        isinstance(single, Sequence)
        and not single.is_open
        and len(single.items) == len(targets)
        and all(entry.is_sure for entry in single.items)
        for single in singles
    )
    if not fits:
        walk.escape(value)
    for index, target in enumerate(targets):
        parts = [single.items[index].value for single in singles if isinstance(single, Sequence)] if fits else [OPAQUE]
        assign(walk, target, either(*parts), scope)


def _assign_attribute(walk: Walk, target: ast.Attribute, value: Value, scope: Scope, written: ast.expr | None) -> None:
    name, span = target.attr, scope.file.name_span(target)
    for single in alternatives(walk.value(target.value, scope)):
        match single:
            case Properties():
                typed.write(walk, Text(name, span), written, scope)
            case Instance(attributes=attributes):
                known = attributes.get(name)
                attributes[name] = value if known is None or walk.is_sure else either(known, value)
            case Class(scope=inner) | Module(scope=inner):
                known = inner.names.get(name)
                inner.names[name] = value if known is None or walk.is_sure else either(known, value)
            case Library(is_foreign=False):
                walk.hand(value)
            case _:
                walk.escape(value)


def delete(walk: Walk, target: ast.expr, scope: Scope) -> None:
    """Follow `del target`."""
    if isinstance(target, ast.Subscript):
        lookups.delete(walk, walk.value(target.value, scope), key(walk, target.slice, scope))
    elif isinstance(target, ast.Attribute):
        name = Text(target.attr, scope.file.name_span(target))
        lookups.delete(walk, walk.value(target.value, scope), name)
    else:
        walk.parts(target, scope)
