"""Run properties by attribute, and what a `RunProperties` class refuses.

Of such a class, `run.properties` has the names that it declares, and what else the author gave it, as attributes alone:
it is no dict. Where properties are plain, nothing is refused here.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from gluedsl.contract import lookups
from gluedsl.contract.contract import Refusal
from gluedsl.contract.values import Properties, Text, alternatives, either, texts

if TYPE_CHECKING:
    import ast

    from gluedsl.contract.scope import Scope
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk


def read(walk: Walk, name: Value, *, is_needed: bool = True) -> None:
    """Follow `properties.name`; not `is_needed`: code that goes on without it."""
    others = walk.typed.others if walk.typed is not None else ()
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


def write(walk: Walk, name: Value) -> None:
    """Follow `properties.name = ...`."""
    declared, rest = _parted(walk, name)
    walk.notes.refusals += (Refusal(name=one.text, span=one.span, is_write=True, is_item=False) for one in rest)
    with walk.perhaps() if rest else nullcontext():
        if declared:
            lookups.write(walk, either(*declared))


def _parted(walk: Walk, name: Value) -> tuple[list[Single], list[Text]]:
    """Return what a name may be: what the class declares, or may declare, and what it does not."""
    declared: list[Single] = []
    rest: list[Text] = []
    for one in alternatives(name):
        if walk.typed is None or not isinstance(one, Text) or one.text in walk.typed.declared:
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
