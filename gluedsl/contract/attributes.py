"""What a value has under the name behind a dot."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.contract import typed
from gluedsl.contract.values import (
    LIBRARY,
    OPAQUE,
    Answer,
    Arguments,
    Class,
    Function,
    Instance,
    JobRun,
    Library,
    Module,
    Operation,
    Options,
    Properties,
    Record,
    RunId,
    Super,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk

_OPERATIONS: Mapping[str, Operation] = {
    "get_workflow_run_properties": Operation("get_workflow_run_properties"),
    "get_workflow_run": Operation("get_workflow_run"),
    "put_workflow_run_properties": Operation("put_workflow_run_properties"),
}
"""Whatever has such a method is taken for boto3's Glue client."""
_OF_RUN: Mapping[str, Value] = {
    "properties": Properties(),
    "arguments": Arguments(),
    "run_id": RunId(),
    "spark": LIBRARY,
}


def attribute(walk: Walk, single: Single, node: ast.Attribute, scope: Scope) -> Value:
    """Return what a value has under the name behind the dot."""
    match single:
        case JobRun():
            return _OF_RUN.get(node.attr, OPAQUE)
        case Properties():
            typed.read(walk, Text(node.attr, scope.file.name_span(node)))
            return OPAQUE
        case Library():
            return _of_library(single, node.attr)
        case Record() | Answer() | Options() | Arguments():
            walk.escape(single)
            return OPAQUE
        case Text() if node.attr == "value":  # of a member of an enumeration
            return single
        case _:
            found = own_attribute(walk, single, node.attr)
            return _OPERATIONS.get(node.attr, OPAQUE) if found is None else found


def own_attribute(walk: Walk, single: Single, name: str) -> Value | None:
    """Return what an object, class or module of the author's has under a name; None if it is not seen to have it."""
    match single:
        case Instance(of=of, attributes=attributes):
            return attributes[name] if name in attributes else _member(walk, _lineage(of), name, single)
        case Class():
            return _member(walk, _lineage(single), name, single)
        case Super(owner=owner, of_class=of_class):
            lineage = list(_lineage(owner.of))
            later = lineage[lineage.index(of_class) + 1 :] if of_class in lineage else []
            return _member(walk, iter(later), name, owner)
        case Module(scope=scope):
            return scope.names[name] if name in scope.names else walk.module(f"{scope.module}.{name}")
        case _:
            return None


def _of_library(library: Library, name: str) -> Value:
    deeper = Library(f"{library.path}.{name}" if library.path else "", library.is_foreign)
    return _OPERATIONS.get(name, deeper)


def _lineage(of: Class) -> Iterator[Class]:
    """Yield a class and those that it inherits from, near enough to Python's own order; each once."""
    seen: list[Class] = []
    waiting = [of]
    while waiting:
        one = waiting.pop(0)
        if one not in seen:
            seen.append(one)
            waiting = [*one.bases, *waiting]
            yield one


def _member(walk: Walk, lineage: Iterator[Class], name: str, owner: Instance | Class) -> Value | None:
    for of in lineage:
        if name in of.scope.names:
            value = of.scope.names[name]
            return _bound(walk, value, of, owner) if isinstance(value, Function) else value
    return None


def _bound(walk: Walk, function: Function, of: Class, owner: Instance | Class) -> Value:
    decorators = decorators_of(function)
    if "staticmethod" in decorators:
        return function
    if "classmethod" in decorators:
        return replace(function, owner=owner.of if isinstance(owner, Instance) else owner, of_class=of)
    if isinstance(owner, Class):
        return replace(function, of_class=of)
    bound = replace(function, owner=owner, of_class=of)
    if decorators & {"property", "cached_property", "functools.cached_property"}:
        return walk.call(bound, (), {})
    return bound


def decorators_of(function: Function) -> set[str]:
    """Return the decorators of a function that are plain names."""
    if isinstance(function.node, ast.Lambda):
        return set()
    return {ast.unparse(d) for d in function.node.decorator_list if isinstance(d, ast.Name | ast.Attribute)}
