"""What follows from each kind of statement. A handler returns whether control never comes to the statement's end."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gluedsl.contract import targets, typed
from gluedsl.contract.elements import elements, merge_into
from gluedsl.contract.libraries import is_known
from gluedsl.contract.targets import assign
from gluedsl.contract.values import (
    NOT_TEXT,
    OPAQUE,
    Class,
    Entry,
    Function,
    Library,
    Module,
    Properties,
    Record,
    Sequence,
    Text,
    alternatives,
    either,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gluedsl.contract.files import AnyFunction
    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import StatementHandler, Walk


def _function(_: Walk, node: AnyFunction, scope: Scope) -> bool:
    scope.set(node.name, Function(node, scope))
    return False


def _class(walk: Walk, node: ast.ClassDef, scope: Scope) -> bool:
    bases = [single for base in node.bases for single in alternatives(walk.value(base, scope))]
    inner = scope.inner()
    walk.run(node.body, inner)
    own = tuple(base for base in bases if isinstance(base, Class))
    is_foreign = any(isinstance(base, Library) and base.is_foreign for base in bases)
    made = Class(node, inner, own, is_foreign or any(base.has_foreign_base for base in own))
    # To its methods, the names of a class are not around.
    for name, value in inner.names.items():
        if isinstance(value, Function) and value.scope is inner:
            inner.names[name] = Function(value.node, scope)
    scope.set(node.name, made)
    return False


def _import(walk: Walk, node: ast.Import, scope: Scope) -> bool:
    for alias in node.names:
        found = walk.module(alias.name)
        if alias.asname is not None:
            scope.set(alias.asname, found or _library(alias.name))
        else:
            top = alias.name.partition(".")[0]
            scope.set(top, walk.module(top) or _library(top))
    return False


def _import_from(walk: Walk, node: ast.ImportFrom, scope: Scope) -> bool:
    base = node.module or ""
    if node.level:
        around = scope.top.package.split(".")
        around = around[: len(around) - node.level + 1]
        base = ".".join([*around, base] if base else around)
    module = walk.module(base) if base else None
    for alias in node.names:
        name = alias.asname or alias.name
        if alias.name == "*":
            _import_all(walk, module, base, scope)
        elif module is not None and alias.name in module.scope.names:
            scope.set(name, module.scope.names[alias.name])
        else:
            path = f"{base}.{alias.name}" if base else alias.name
            is_own = module is not None or node.level > 0
            scope.set(name, walk.module(path) or (OPAQUE if is_own else _library(path)))
    return False


def _import_all(walk: Walk, module: Module | None, base: str, scope: Scope) -> None:
    if module is not None:
        for name, value in module.scope.names.items():
            scope.set(name, value)
    elif not is_known(base):
        walk.notes.lose_properties()


def _library(path: str) -> Library:
    return Library(path, is_foreign=not is_known(path))


def _assign(walk: Walk, node: ast.Assign, scope: Scope) -> bool:
    value = walk.value(node.value, scope)
    for target in node.targets:
        assign(walk, target, value, scope, node.value)
    return False


def _annotated(walk: Walk, node: ast.AnnAssign, scope: Scope) -> bool:
    if node.value is not None:
        value = walk.value(node.value, scope)
        assign(walk, node.target, value, scope, node.value)
    return False


def _augmented(walk: Walk, node: ast.AugAssign, scope: Scope) -> bool:
    before = walk.value(node.target, scope)
    added = walk.value(node.value, scope)
    match before, node.op, added:
        case Sequence(), ast.Add(), _:
            entries, has_all = elements(added)
            before.items += [Entry(e.value, e.span, e.is_sure and walk.is_sure) for e in entries]
            before.is_open |= not has_all
            return False
        case Record(), ast.BitOr(), _:
            merge_into(walk, before, added)
            return False
        case Properties(), ast.BitOr(), _:
            walk.notes.has_all_writes = False
        case Text(text=first), ast.Add(), Text(text=second):
            after: Value = Text(first + second, scope.file.span(node.value))
            assign(walk, node.target, after, scope)
            return False
        case _:
            walk.look(added)
    assign(walk, node.target, OPAQUE, scope)
    return False


def _delete(walk: Walk, node: ast.Delete, scope: Scope) -> bool:
    for target in node.targets:
        targets.delete(walk, target, scope)
    return False


def _expression(walk: Walk, node: ast.Expr, scope: Scope) -> bool:
    walk.value(node.value, scope)
    if not _is_exit(node.value):
        return False
    if not walk.is_sure and _is_success(node.value):
        walk.has_exited = True
    return True


def _is_exit(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="exit" | "quit")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="sys" | "os"), attr="exit" | "_exit")):
            return True
        case _:
            return False


def _is_success(node: ast.expr) -> bool:
    """Whether a call of `sys.exit` ends the job well."""
    match node:
        case ast.Call(args=[]):
            return True
        case ast.Call(args=[ast.Constant(value=0 | None)]):
            return True
        case _:
            return False


def _return(walk: Walk, node: ast.Return, scope: Scope) -> bool:
    walk.frame.returned.append(walk.value(node.value, scope) if node.value else NOT_TEXT)
    walk.frame.has_left = True
    return True


def _raise(walk: Walk, node: ast.Raise, scope: Scope) -> bool:
    walk.parts(node, scope)
    return True


def _skip(walk: Walk, _: ast.Break | ast.Continue, __: Scope) -> bool:
    walk.frame.has_skipped = True
    return True


def _if(walk: Walk, node: ast.If, scope: Scope) -> bool:
    walk.value(node.test, scope)
    if _asks_for_main(node.test):
        return walk.run(node.body if walk.is_main else node.orelse, scope)
    if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return walk.run(node.orelse, scope)
    return walk.branch(scope, lambda: walk.run(node.body, scope), lambda: walk.run(node.orelse, scope))


def _asks_for_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
        case ast.Compare(left=ast.Constant(value="__main__"), ops=[ast.Eq()], comparators=[ast.Name(id="__name__")]):
            return True
        case _:
            return False


def _for(walk: Walk, node: ast.For | ast.AsyncFor, scope: Scope) -> bool:
    iterated = walk.value(node.iter, scope)
    walk.look(iterated)
    typed.refuses_item(walk, iterated, None, (node.iter, scope), "__iter__", "__getitem__")
    entries, has_all = elements(iterated)
    value = either(*(entry.value for entry in entries), *([] if has_all and entries else [OPAQUE]))
    is_run = has_all and any(entry.is_sure for entry in entries)
    _loop(walk, node, scope, is_run=is_run, before=lambda: _next(walk, node, value, scope))
    return False


def _next(walk: Walk, node: ast.For | ast.AsyncFor, value: Value, scope: Scope) -> None:
    scope.hand_over(node.target)
    assign(walk, node.target, value, scope)


def _while(walk: Walk, node: ast.While, scope: Scope) -> bool:
    walk.value(node.test, scope)
    is_run = isinstance(node.test, ast.Constant) and bool(node.test.value)
    _loop(walk, node, scope, is_run=is_run)
    return False


def _loop(
    walk: Walk,
    node: ast.For | ast.AsyncFor | ast.While,
    scope: Scope,
    *,
    is_run: bool,
    before: Callable[[], None] = lambda: None,
) -> None:
    """Follow the body of a loop once; `is_run`: it is come by at least once."""
    sure, skipped = walk.is_sure, walk.frame.has_skipped
    walk.is_sure = sure and is_run
    scope.enter()
    before()
    walk.run(node.body, scope)
    names = scope.leave()
    walk.is_sure, walk.frame.has_skipped = sure, skipped
    scope.merge([names] if is_run else [names, {}])
    walk.run(node.orelse, scope)


def _try(walk: Walk, node: ast.Try | ast.TryStar, scope: Scope) -> bool:
    sure = walk.is_sure
    # What a handler goes on after may have failed, and so may not have been come by.
    walk.is_sure = sure and all(_fails(handler.body) for handler in node.handlers)
    scope.enter()
    has_ended = walk.run(node.body, scope) or walk.run(node.orelse, scope)
    names = scope.leave()
    walk.is_sure = sure
    left = [] if has_ended else [names]
    for handler in node.handlers:
        scope.enter(names)
        if handler.name is not None:
            scope.set(handler.name, OPAQUE)
        with walk.perhaps():
            handler_has_ended = walk.run(handler.body, scope)
        handled = scope.leave()
        if not handler_has_ended:
            left.append(handled)
    scope.merge(left)
    return walk.run(node.finalbody, scope) or not left


def _fails(block: list[ast.stmt]) -> bool:
    """Whether a handler ends the job as failed."""
    match block[-1]:
        case ast.Raise():
            return True
        case ast.Expr(value=value):
            return _is_exit(value) and not _is_success(value)
        case _:
            return False


def _with(walk: Walk, node: ast.With | ast.AsyncWith, scope: Scope) -> bool:
    for item in node.items:
        value = walk.value(item.context_expr, scope)
        if item.optional_vars is not None:
            assign(walk, item.optional_vars, value, scope)
    return walk.run(node.body, scope)


def _match(walk: Walk, node: ast.Match, scope: Scope) -> bool:
    subject = walk.value(node.subject, scope)
    walk.escape(subject)
    ways = []
    for case in node.cases:

        def way(case: ast.match_case = case) -> bool:
            for part in ast.walk(case.pattern):
                if isinstance(part, ast.MatchAs | ast.MatchStar) and part.name is not None:
                    scope.names[part.name] = OPAQUE
            if case.guard is not None:
                walk.value(case.guard, scope)
            return walk.run(case.body, scope)

        ways.append(way)
    return walk.branch(scope, *ways, lambda: False)


def _elsewhere(_: Walk, node: ast.Global | ast.Nonlocal, scope: Scope) -> bool:
    for name in node.names:
        outer = scope.top
        if isinstance(node, ast.Nonlocal) and scope.parent is not None:
            outer = scope.parent
            while name not in outer.names and outer.parent is not None:
                outer = outer.parent
        scope.elsewhere[name] = outer
    return False


STATEMENTS: Mapping[type, StatementHandler] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.Expr: _expression,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Break: _skip,
    ast.Continue: _skip,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: _match,
    ast.Global: _elsewhere,
    ast.Nonlocal: _elsewhere,
}
