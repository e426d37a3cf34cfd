"""What each kind of expression is worth."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from gluedsl.contract import typed
from gluedsl.contract.attributes import attribute
from gluedsl.contract.calls import follow_call
from gluedsl.contract.elements import concatenated, copied, elements, merge_into
from gluedsl.contract.keys import key, placed
from gluedsl.contract.lookups import look_up
from gluedsl.contract.targets import assign
from gluedsl.contract.values import (
    NOT_TEXT,
    OPAQUE,
    Arguments,
    Entry,
    Function,
    Library,
    NotText,
    Options,
    Properties,
    Record,
    Sequence,
    Text,
    alternatives,
    either,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import ExpressionHandler, Walk

_RESOLVE = "getResolvedOptions"


def _constant(_: Walk, node: ast.Constant, scope: Scope) -> Value:
    return Text(node.value, scope.file.span(node)) if isinstance(node.value, str) else NOT_TEXT


def _name(_: Walk, node: ast.Name, scope: Scope) -> Value:
    found = scope.find(node.id)
    if found is not None:
        return found
    if node.id == _RESOLVE:  # from a star import
        return Library(f"awsglue.utils.{_RESOLVE}")
    return Library(f"builtins.{node.id}") if hasattr(builtins, node.id) else OPAQUE


def _attribute(walk: Walk, node: ast.Attribute, scope: Scope) -> Value:
    base = walk.value(node.value, scope)
    return either(*(attribute(walk, single, node, scope) for single in alternatives(base)))


def _subscript(walk: Walk, node: ast.Subscript, scope: Scope) -> Value:
    base = walk.value(node.value, scope)
    at = key(walk, node.slice, scope)
    if typed.refuses_item(walk, base, at, (node, scope), "__getitem__"):
        return OPAQUE
    return _element(base, node.slice) if isinstance(base, Sequence) else look_up(walk, base, at)


def _element(base: Sequence, index: ast.expr) -> Value:
    """Return one element of a list, where the index is written out and what comes before it is known."""
    if isinstance(index, ast.Slice):
        return Sequence([Entry(one.value, one.span, is_sure=False) for one in base.items], is_open=True)
    if isinstance(index, ast.Constant) and isinstance(index.value, int) and 0 <= index.value < len(base.items):
        before = base.items[: index.value + 1]
        if all(entry.is_sure for entry in before):
            return before[-1].value
    return either(*(entry.value for entry in base.items), OPAQUE)


def _display(walk: Walk, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Value:
    made = Sequence()
    for element in node.elts:
        if isinstance(element, ast.Starred):
            entries, has_all = elements(walk.value(element.value, scope))
            made.items += entries
            made.is_open |= not has_all
        else:
            made.items.append(Entry(walk.value(element, scope), scope.file.span(element)))
    return made


def _dict(walk: Walk, node: ast.Dict, scope: Scope) -> Value:
    made = Record()
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = walk.value(value_node, scope)
        if key_node is None:
            merge_into(walk, made, value)
            continue
        found, is_all = texts(key(walk, key_node, scope))
        is_sure = is_all and len(found) == 1
        for text in found:
            made.entries[text.text] = Entry(value, text.span, is_sure=is_sure)
        made.is_open |= not is_all
        if not is_all:
            walk.escape(value)
    return made


def _joined(walk: Walk, node: ast.JoinedStr, scope: Scope) -> Value:
    parts = [walk.value(part, scope) for part in node.values]
    if all(isinstance(part, Text) for part in parts):
        return Text("".join(part.text for part in parts if isinstance(part, Text)), scope.file.span(node))
    return OPAQUE


def _formatted(walk: Walk, node: ast.FormattedValue, scope: Scope) -> Value:
    value = walk.value(node.value, scope)
    if node.format_spec is not None:
        walk.value(node.format_spec, scope)
    elif isinstance(value, Text) and node.conversion == -1:
        return value
    walk.look(value)
    return OPAQUE


def _binary(walk: Walk, node: ast.BinOp, scope: Scope) -> Value:
    left, right = walk.value(node.left, scope), walk.value(node.right, scope)
    match node.op, left, right:
        case ast.Add(), Text(text=first), Text(text=second):
            return Text(first + second, scope.file.span(node))
        case ast.Add(), _, _ if _has_sequence(left) or _has_sequence(right):
            return concatenated(left, right)
        case ast.BitOr(), Record(), _:
            made = copied(left)
            merge_into(walk, made, right)
            return made
        case _, NotText(), NotText():
            return NOT_TEXT
        case _:
            walk.look(left)
            walk.look(right)
            return OPAQUE


def _has_sequence(value: Value) -> bool:
    return any(isinstance(single, Sequence) for single in alternatives(value))


def _boolean(walk: Walk, node: ast.BoolOp, scope: Scope) -> Value:
    first, *others = node.values
    found = [walk.value(first, scope)]
    with walk.perhaps():
        found += [walk.value(other, scope) for other in others]
    return either(*found)


def _conditional(walk: Walk, node: ast.IfExp, scope: Scope) -> Value:
    walk.value(node.test, scope)
    with walk.perhaps():
        return either(walk.value(node.body, scope), walk.value(node.orelse, scope))


def _compare(walk: Walk, node: ast.Compare, scope: Scope) -> Value:
    left_node, left = node.left, walk.value(node.left, scope)
    for operator, right_node in zip(node.ops, node.comparators, strict=True):
        right = walk.value(right_node, scope)
        if isinstance(operator, ast.In | ast.NotIn):
            if typed.refuses_item(walk, right, left, (node, scope), "__contains__", "__iter__", "__getitem__"):
                continue
            for single in alternatives(right):
                if isinstance(single, Properties | Arguments | Options) or (
                    isinstance(single, Record) and single.is_copy
                ):
                    look_up(walk, single, placed(left, left_node, scope), is_needed=False)
        elif isinstance(operator, ast.Eq | ast.NotEq):
            walk.look(left)
            walk.look(right)
        left_node, left = right_node, right
    return NOT_TEXT


def _unary(walk: Walk, node: ast.UnaryOp, scope: Scope) -> Value:
    walk.value(node.operand, scope)
    return NOT_TEXT


def _lambda(_: Walk, node: ast.Lambda, scope: Scope) -> Value:
    return Function(node, scope)


def _named(walk: Walk, node: ast.NamedExpr, scope: Scope) -> Value:
    value = walk.value(node.value, scope)
    assign(walk, node.target, value, scope)
    return value


def _inner(walk: Walk, node: ast.Await | ast.Starred, scope: Scope) -> Value:
    return walk.value(node.value, scope)


def _yield(walk: Walk, node: ast.Yield | ast.YieldFrom, scope: Scope) -> Value:
    if node.value is not None:
        walk.escape(walk.value(node.value, scope))
    return OPAQUE


def _comprehension(walk: Walk, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> Value:
    inner = _loops(walk, node.generators, scope)
    with walk.perhaps():
        value = walk.value(node.elt, inner)
    return Sequence([Entry(value, scope.file.span(node.elt), is_sure=False)], is_open=True)


def _dict_comprehension(walk: Walk, node: ast.DictComp, scope: Scope) -> Value:
    inner = _loops(walk, node.generators, scope)
    with walk.perhaps():
        walk.value(node.key, inner)
        walk.escape(walk.value(node.value, inner))
    return Record(is_open=True)


def _loops(walk: Walk, generators: list[ast.comprehension], scope: Scope) -> Scope:
    inner = scope.inner()
    for index, generator in enumerate(generators):
        iterated = walk.value(generator.iter, inner if index else scope)
        walk.look(iterated)
        typed.refuses_item(walk, iterated, None, (generator.iter, scope), "__iter__", "__getitem__")
        entries, _ = elements(iterated)
        with walk.perhaps():
            value = either(*(entry.value for entry in entries)) if entries else OPAQUE
            inner.hand_over(generator.target)
            assign(walk, generator.target, value, inner)
            for condition in generator.ifs:
                walk.value(condition, inner)
    return inner


EXPRESSIONS: Mapping[type, ExpressionHandler] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: follow_call,
    ast.List: _display,
    ast.Tuple: _display,
    ast.Set: _display,
    ast.Dict: _dict,
    ast.JoinedStr: _joined,
    ast.FormattedValue: _formatted,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.Compare: _compare,
    ast.UnaryOp: _unary,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.Await: _inner,
    ast.Starred: _inner,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _dict_comprehension,
}
