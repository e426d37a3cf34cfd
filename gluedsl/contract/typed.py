"""Run properties by attribute, and what a `RunProperties` class refuses.

Of such a class, `run.properties` has the names that it declares, and what else the author gave it, as attributes alone:
it is no dict. Without a class it is a dict, and has what dicts have as attributes, but none of its names.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import nullcontext
from typing import TYPE_CHECKING

from gluedsl.contract import lookups
from gluedsl.contract.contract import Mistyping, Refusal
from gluedsl.contract.literals import literal_type
from gluedsl.contract.values import Properties, Text, alternatives, either, texts

if TYPE_CHECKING:
    import ast

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk

_OF_DICTS = frozenset(dir(MutableMapping))
_WIDER = frozenset({("float", "int")})
"""Types that take values of the one behind as well."""


def read(walk: Walk, name: Value, *, is_needed: bool = True) -> None:
    """Follow `properties.name`; not `is_needed`: code that goes on without it."""
    others = _OF_DICTS if walk.typed is None else walk.typed.others
    declared, rest = _parted(walk, name)
    for one in rest:
        if one.text in others or one.text.startswith("_"):  # what every object has
            # What a method or property of the author's does with the others is not followed.
            walk.escape(Properties())
        elif is_needed:
            walk.notes.refusals.append(Refusal(name=one.text, span=one.span, is_write=False, is_item=False))
    with walk.perhaps() if rest else nullcontext():
        if declared:
            lookups.look_up(walk, Properties(), either(*declared), is_needed=is_needed)


def write(walk: Walk, name: Value, written: ast.expr | None = None, scope: Scope | None = None) -> None:
    """Follow `properties.name = written`; None: it is not known where the value is written."""
    declared, rest = _parted(walk, name)
    if written is not None and scope is not None:
        _check_type(walk, declared, written, scope)
    walk.notes.refusals += (Refusal(name=one.text, span=one.span, is_write=True, is_item=False) for one in rest)
    with walk.perhaps() if rest else nullcontext():
        if declared:
            lookups.write(walk, either(*declared))


def _check_type(walk: Walk, names: list[Single], written: ast.expr, scope: Scope) -> None:
    """Note a value that is written out and is none of the type that the class declares."""
    given = literal_type(written)
    if walk.typed is None or given is None:
        return
    kinds = dict(zip(walk.typed.declared, walk.typed.kinds, strict=False))
    for one in names:
        declared = kinds.get(one.text) if isinstance(one, Text) else None
        if isinstance(one, Text) and declared is not None and given != declared and (declared, given) not in _WIDER:
            span = scope.file.span(written)
            walk.notes.mistypings[span] = Mistyping(name=one.text, span=span, given=given, declared=declared)


def _parted(walk: Walk, name: Value) -> tuple[list[Single], list[Text]]:
    """Return what a name may be: what the class declares, or may declare, and what it does not.

    Without a class there is nothing that is declared.
    """
    declared: list[Single] = []
    rest: list[Text] = []
    names = walk.typed.declared if walk.typed is not None else ()
    for one in alternatives(name):
        if walk.takes_any_property or not isinstance(one, Text) or one.text in names:
            declared.append(one)
        else:
            rest.append(one)
    return declared, rest


def refuses_item(
    walk: Walk, base: Value, name: Value | None, at: tuple[ast.expr, Scope], *methods: str, is_write: bool = False
) -> bool:
    """Note that typed properties are taken for a dict, and return whether they are.

    Args:
        walk: the way through the code.
        base: what may be the run properties.
        name: of the property; None: of none in particular.
        at: the whole expression, and what is around it.
        methods: those of which the class needs one.
        is_write: whether the property is given a value.
    """
    if walk.typed is None or not any(isinstance(one, Properties) for one in alternatives(base)):
        return False
    if any(method in walk.typed.others for method in methods):
        return False
    node, scope = at
    named = [text.text for text in texts(name)[0]] if name is not None else []
    walk.notes.refusals += (
        Refusal(name=one, span=scope.file.span(node), is_write=is_write, is_item=True) for one in named or [""]
    )
    return True
