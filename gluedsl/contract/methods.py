"""Methods of dicts and lists, on values that lead to options and run properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.contract import typed
from gluedsl.contract.contract import Deletion
from gluedsl.contract.elements import copied, elements, merge_into
from gluedsl.contract.lookups import delete, look_up, put, write
from gluedsl.contract.values import (
    NOT_TEXT,
    OPAQUE,
    Answer,
    Arguments,
    Entry,
    Options,
    Properties,
    Record,
    Sequence,
    Text,
    either,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gluedsl.contract.given import Given
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk
    from gluedsl.model import PropertiesClass

    Dict = Properties | Record | Arguments | Options | Answer


def call_method(walk: Walk, base: Single, name: str, given: Given) -> Value | None:
    """Return what a method of a dict or list returns; None where the value is neither."""
    if isinstance(base, Sequence):
        return _sequence_method(walk, base, name, given)
    if isinstance(base, Properties) and walk.typed is not None:
        return _typed_method(walk, walk.typed, name, given)
    if isinstance(base, Properties) and name not in _DICT and not walk.takes_any_property:
        typed.read(walk, Text(name, given.place_of_name))
        walk.escape_all(given.values)
        return OPAQUE
    if isinstance(base, Properties | Record | Arguments | Options | Answer):
        handler = _DICT.get(name, _anything)
        return handler(walk, base, given)
    return None


def _typed_method(walk: Walk, of: PropertiesClass, name: str, given: Given) -> Value:
    """Follow a call of what typed properties have under a name: a method of the author's, or the value of one."""
    if name in _DICT and name not in of.declared:
        at = given.key(0, "key") if name in _TAKING_KEYS else None
        if typed.refuses_item(walk, Properties(), at, (given.node, given.scope), name, is_write=name in _WRITING):
            return OPAQUE
    typed.read(walk, Text(name, given.place_of_name))
    walk.escape_all(given.values)
    return OPAQUE


def _sequence_method(walk: Walk, base: Sequence, name: str, given: Given) -> Value:
    match name:
        case "append" | "add" if given.positional:
            base.items.append(Entry(given.positional[0], given.span, walk.is_sure))
        case "extend" | "update" if given.positional:
            entries, has_all = elements(given.positional[0])
            base.items += [Entry(e.value, e.span, e.is_sure and walk.is_sure) for e in entries]
            base.is_open |= not has_all
        case "copy":
            return Sequence(list(base.items), base.is_open)
        case "index" | "count":
            return NOT_TEXT
        case _:
            # Whatever else changes a list may take elements out, too.
            base.items = [Entry(e.value, e.span, is_sure=False) for e in base.items]
            base.is_open = True
            walk.escape_all(given.values)
            return OPAQUE
    return NOT_TEXT


def _get(walk: Walk, base: Dict, given: Given) -> Value:
    key, default = given.key(0, "key"), given.argument(1, "default")
    if key is None:
        return OPAQUE
    found = look_up(walk, base, key, is_needed=False)
    # An answer of Glue always has what its documentation says.
    return found if default is None or isinstance(base, Answer) else either(found, default)


def _pop(walk: Walk, base: Dict, given: Given) -> Value:
    key, default = given.key(0, "key"), given.argument(1, "default")
    if key is None:
        return OPAQUE
    found = look_up(walk, base, key, is_needed=default is None)
    delete(walk, base, key)
    return found if default is None else either(found, default)


def _set_default(walk: Walk, base: Dict, given: Given) -> Value:
    key, default = given.key(0, "key"), given.argument(1, "default")
    if key is None:
        return OPAQUE
    found = look_up(walk, base, key, is_needed=False)
    with walk.perhaps():
        put(walk, base, key, default or NOT_TEXT)
    return either(found, default or NOT_TEXT)


def _update(walk: Walk, base: Dict, given: Given) -> Value:
    changes = Record()
    for value in given.positional:
        merge_into(walk, changes, value)
    changes.entries |= given.entries()
    changes.is_open |= not given.has_all_named
    match base:
        case Properties():
            for key, entry in changes.entries.items():
                write(walk, Text(key, entry.span), entry.value)
            walk.notes.has_all_writes &= not (changes.is_open or changes.is_copy)
        case Record():
            merge_into(walk, base, changes)
        case Options():
            walk.notes.added_options |= set(changes.entries)
            walk.notes.has_all_added_options &= not (changes.is_open or changes.is_copy)
            walk.escape_all(given.values)
        case _:
            walk.escape_all(given.values)
    return NOT_TEXT


def _copy(_: Walk, base: Dict, __: Given) -> Value:
    return copied(base) if isinstance(base, Record) else base


def _keys(walk: Walk, base: Dict, _: Given) -> Value:
    walk.look(base)
    entries, has_all = elements(base)
    return Sequence(entries, is_open=not has_all)


def _values(walk: Walk, base: Dict, _: Given) -> Value:
    walk.look(base)
    entries = list(base.entries.values()) if isinstance(base, Record) else []
    return Sequence(entries, is_open=not isinstance(base, Record) or base.is_open or base.is_copy)


def _items(walk: Walk, base: Dict, _: Given) -> Value:
    walk.look(base)
    if not isinstance(base, Record):
        return Sequence(is_open=True)
    pairs = [
        Entry(Sequence([Entry(Text(key, e.span), e.span), Entry(e.value, e.span)]), e.span, e.is_sure)
        for key, e in base.entries.items()
    ]
    return Sequence(pairs, is_open=base.is_open or base.is_copy)


def _remove_all(walk: Walk, base: Dict, given: Given) -> Value:
    if isinstance(base, Properties):
        walk.notes.deletions[given.span] = Deletion(name="", span=given.span, is_refused=True)
    elif isinstance(base, Record):
        base.entries.clear()
        base.is_copy = False
        base.is_open = True
    return OPAQUE


def _anything(walk: Walk, base: Dict, given: Given) -> Value:
    """Follow a method that a dict does not have."""
    walk.escape(base)
    walk.escape_all(given.values)
    return OPAQUE


_DICT: Mapping[str, Callable[[Walk, Dict, Given], Value]] = {
    "get": _get,
    "__getitem__": _get,
    "pop": _pop,
    "setdefault": _set_default,
    "update": _update,
    "copy": _copy,
    "keys": _keys,
    "values": _values,
    "items": _items,
    "clear": _remove_all,
    "popitem": _remove_all,
}
_TAKING_KEYS = frozenset({"get", "__getitem__", "pop", "setdefault"})
_WRITING = frozenset({"setdefault", "update"})
