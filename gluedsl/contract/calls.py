"""What follows from a call: of the author's own functions and classes, of boto3's Glue client, of anything else."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gluedsl.contract.attributes import attribute, own_attribute
from gluedsl.contract.given import Given
from gluedsl.contract.libraries import call_library
from gluedsl.contract.methods import call_method
from gluedsl.contract.operations import call_operation
from gluedsl.contract.values import (
    NOT_TEXT,
    OPAQUE,
    Class,
    Entry,
    Function,
    Instance,
    Library,
    Operation,
    Options,
    Record,
    Sequence,
    alternatives,
    either,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Values, Walk

_LOGS = frozenset({"debug", "info", "warn", "warning", "error", "exception", "critical", "log"})


def follow_call(walk: Walk, node: ast.Call, scope: Scope) -> Value:
    """Return what a call is worth."""
    if not isinstance(node.func, ast.Attribute):
        callees = alternatives(walk.value(node.func, scope))
        given = Given.of(walk, node, scope)
        return either(*(_call(walk, callee, given) for callee in callees))
    bases = alternatives(walk.value(node.func.value, scope))
    given = Given.of(walk, node, scope)
    found: list[Value] = []
    for base in bases:
        returned = call_method(walk, base, node.func.attr, given)
        if returned is None and isinstance(base, Instance) and own_attribute(walk, base, node.func.attr) is None:
            # A method of a class that is not the author's may call any other.
            walk.escape(base)
        if returned is None:
            callees = alternatives(attribute(walk, base, node.func, scope))
            found += (_call(walk, callee, given, node.func.attr) for callee in callees)
        else:
            found.append(returned)
    return either(*found)


def _call(walk: Walk, callee: Single, given: Given, name: str = "") -> Value:
    match callee:
        case Function():
            return walk.call(callee, given.positional, given.named, given.span)
        case Class():
            return _made(walk, callee, given)
        case Operation():
            return call_operation(walk, callee, given)
        case Library():
            return call_library(walk, callee, given)
        case Instance():
            called = own_attribute(walk, callee, "__call__")
            if isinstance(called, Function):
                return walk.call(called, given.positional, given.named, given.span)
        case _:
            pass
    for value in given.values:
        if name in _LOGS:
            walk.look(value)
        elif not (name == "init" and isinstance(value, Options)):  # Job.init(args["JOB_NAME"], args)
            walk.escape(value)
    return OPAQUE


def _made(walk: Walk, of: Class, given: Given) -> Value:
    """Return a new object of the author's class."""
    made = Instance(of)
    if of.has_foreign_base:
        walk.notes.lose_properties()
    initialise = own_attribute(walk, made, "__init__")
    if isinstance(initialise, Function):
        walk.call(initialise, given.positional, given.named, given.span)
        return made
    fields = [s.target.id for s in of.node.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)]
    made.attributes.update(zip(fields, given.positional, strict=False))
    made.attributes.update(given.named)
    return made


def run_function(walk: Walk, function: Function, positional: Values, named: Mapping[str, Value]) -> Value:
    """Follow the body of a function with these arguments; what is not given is its default, or not known."""
    node, scope = function.node, function.scope.inner()
    if function.owner is not None:
        positional = (function.owner, *positional)
    _bind(walk, function, scope, positional, named)
    if isinstance(node, ast.Lambda):
        return walk.value(node.body, scope)
    has_ended = walk.run(node.body, scope)
    return either(*walk.frame.returned, *([] if has_ended else [NOT_TEXT]))


def _bind(walk: Walk, function: Function, scope: Scope, positional: Values, named: Mapping[str, Value]) -> None:
    arguments = function.node.args
    places = [*arguments.posonlyargs, *arguments.args]
    values = dict(zip((place.arg for place in places), positional, strict=False))
    keywords = {place.arg for place in (*places, *arguments.kwonlyargs)}
    values |= {name: value for name, value in named.items() if name in keywords}
    with_default = [
        *zip(reversed(places), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for place, default in with_default:
        if default is not None and place.arg not in values:
            values[place.arg] = walk.value(default, function.scope)
    scope.handed_over |= keywords
    for place in (*places, *arguments.kwonlyargs):
        scope.names[place.arg] = values.get(place.arg, OPAQUE)
    here = walk.frame.place or scope.file.span(function.node)
    if arguments.vararg is not None:
        rest = [Entry(value, here) for value in positional[len(places) :]]
        scope.names[arguments.vararg.arg] = Sequence(rest, is_open=not rest)
    if arguments.kwarg is not None:
        others = {name: Entry(value, here) for name, value in named.items() if name not in keywords}
        scope.names[arguments.kwarg.arg] = Record(others, is_open=not others)
