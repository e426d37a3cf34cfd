"""Lists and dicts of the author's own, put together and taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.contract.values import Entry, Properties, Record, Sequence, Text, alternatives

if TYPE_CHECKING:
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk


def elements(value: Value) -> tuple[list[Entry], bool]:
    """Return what can be in a list, or the keys of a dict, and whether that is all of it.

    An element is sure only if it is there whatever the value turns out to be.
    """
    ways = [_elements(single) for single in alternatives(value)]
    if len(ways) == 1:
        return ways[0]
    named = [{e.value.text for e in entries if e.is_sure and isinstance(e.value, Text)} for entries, _ in ways]
    common = set.intersection(*named)
    found = [
        Entry(e.value, e.span, e.is_sure and isinstance(e.value, Text) and e.value.text in common)
        for entries, _ in ways
        for e in entries
    ]
    return found, all(has_all for _, has_all in ways)


def _elements(single: Single) -> tuple[list[Entry], bool]:
    match single:
        case Sequence(items=items, is_open=is_open):
            return list(items), not is_open
        case Record(entries=entries, is_open=is_open, is_copy=is_copy):
            keys = [Entry(Text(key, entry.span), entry.span, entry.is_sure) for key, entry in entries.items()]
            return keys, not (is_open or is_copy)
        case _:
            return [], False


def concatenated(left: Value, right: Value) -> Sequence:
    """Return two lists as one."""
    (before, has_before), (after, has_after) = elements(left), elements(right)
    return Sequence([*before, *after], is_open=not (has_before and has_after))


def copied(value: Value) -> Record:
    """Return a copy of a dict."""
    made = Record()
    match value:
        case Record():
            made.entries = dict(value.entries)
            made.is_open, made.is_copy, made.deleted = value.is_open, value.is_copy, dict(value.deleted)
        case _:
            made.is_open = True
    return made


def merge_into(walk: Walk, record: Record, given: Value) -> None:
    """Add what is in a dict to another, over what that has."""
    singles = alternatives(given)
    for single in singles:
        match single:
            case Record():
                is_sure = walk.is_sure and len(singles) == 1
                for key, entry in single.entries.items():
                    record.entries[key] = Entry(entry.value, entry.span, entry.is_sure and is_sure)
                record.is_open |= single.is_open
                record.is_copy |= single.is_copy and len(singles) == 1
                record.is_open |= single.is_copy and len(singles) > 1
            case Properties():
                record.is_open = True
                walk.look(single)
            case _:
                record.is_open = True
                walk.escape(single)
