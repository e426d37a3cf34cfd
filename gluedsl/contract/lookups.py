"""What reading and writing mean for the values that lead to options and run properties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.contract.contract import Deletion, Mention
from gluedsl.contract.values import (
    LIBRARY,
    OPAQUE,
    Answer,
    Arguments,
    Either,
    Entry,
    Library,
    Options,
    Properties,
    Record,
    RunId,
    Sequence,
    alternatives,
    either,
    is_never_text,
    texts,
)

if TYPE_CHECKING:
    from gluedsl.contract.values import Single, Value
    from gluedsl.contract.walk import Walk

_RUN_ID = "WORKFLOW_RUN_ID"


def look_up(walk: Walk, base: Value, key: Value, *, is_needed: bool = True) -> Value:
    """Return `base[key]`; not `is_needed`: code that goes on without it."""
    singles = alternatives(base)
    if len(singles) == 1:
        return _look_up(walk, singles[0], key, is_needed=is_needed)
    with walk.perhaps():
        return either(*(_look_up(walk, single, key, is_needed=is_needed) for single in singles))


def _look_up(walk: Walk, single: Single, key: Value, *, is_needed: bool) -> Value:
    match single:
        case Properties():
            _read(walk, key, is_needed=is_needed)
            return OPAQUE
        case Record():
            return _entry(walk, single, key, is_needed=is_needed)
        case Arguments() | Options():
            return _option(walk, single, key, is_needed=is_needed)
        case Answer():
            return _inside(single, key)
        case _:
            return _element(single)


def _element(single: Single) -> Value:
    match single:
        case Sequence():
            return either(*(entry.value for entry in single.items), *([OPAQUE] if single.is_open else []))
        case Library(is_foreign=False):
            return LIBRARY
        case _:
            return OPAQUE


def _read(walk: Walk, key: Value, *, is_needed: bool) -> None:
    found, is_all = texts(key)
    is_sure = walk.is_sure and is_all and len(found) == 1
    for text in found:
        walk.notes.reads.append(Mention(name=text.text, span=text.span, is_sure=is_sure, is_needed=is_needed))
    walk.notes.has_all_reads &= is_all


def _entry(walk: Walk, record: Record, key: Value, *, is_needed: bool) -> Value:
    found, is_all = texts(key)
    own = [record.entries[text.text] for text in found if text.text in record.entries]
    if record.is_copy and not (is_all and own and all(entry.is_sure for entry in own)):
        _read(walk, key, is_needed=is_needed)
    values = [entry.value for entry in own]
    if not is_all:
        values = [entry.value for entry in record.entries.values()]
    return either(*values, *([] if is_all and len(own) == len(found) and not record.is_open else [OPAQUE]))


def _option(walk: Walk, single: Arguments | Options, key: Value, *, is_needed: bool) -> Value:
    found, _ = texts(key)
    notes = walk.notes
    mentions = notes.arguments if isinstance(single, Arguments) else notes.lookups
    if isinstance(single, Arguments):  # which finds a name with its dashes as well
        found = [replace(text, text=text.text.removeprefix("--")) for text in found]
    for text in found:
        if isinstance(single, Options) and (text.text in notes.added_options or not notes.has_all_added_options):
            continue
        is_sure = walk.is_sure and not isinstance(key, Either)
        mentions.append(Mention(name=text.text, span=text.span, is_sure=is_sure, is_needed=is_needed))
    if any(text.text == _RUN_ID for text in found):
        return RunId()
    return OPAQUE


def _inside(answer: Answer, key: Value) -> Value:
    found, _ = texts(key)
    match (answer.of, *(text.text for text in found)):
        case ("properties", "RunProperties") | ("run inside", "WorkflowRunProperties"):
            return Record(is_copy=True)
        case ("run", "Run"):
            return Answer("run inside")
        case _:
            return OPAQUE


def put(walk: Walk, base: Value, key: Value, value: Value) -> None:
    """Follow `base[key] = value`."""
    singles = alternatives(base)
    for single in singles:
        match single:
            case Properties():
                write(walk, key, value)
            case Record():
                _set(walk, single, key, value, is_sure=walk.is_sure and len(singles) == 1)
            case Options():
                add_options(walk, key)
                walk.escape(value)
            case Sequence(items=items):
                single.items = [Entry(entry.value, entry.span, is_sure=False) for entry in items]
                single.is_open = True
                walk.escape(value)
            case Library(is_foreign=False):
                walk.hand(value)
            case _:
                walk.escape(value)


def add_options(walk: Walk, key: Value) -> None:
    """Note that the code puts a name into what `getResolvedOptions` returned."""
    found, is_all = texts(key)
    walk.notes.added_options |= {text.text for text in found}
    walk.notes.has_all_added_options &= is_all


def _set(walk: Walk, record: Record, key: Value, value: Value, *, is_sure: bool) -> None:
    found, is_all = texts(key)
    for text in found:
        record.deleted.pop(text.text, None)
        known = record.entries.get(text.text)
        if known is None:
            record.entries[text.text] = Entry(value, text.span, is_sure and len(found) == 1)
        else:
            either_of_them = value if walk.is_sure else either(known.value, value)
            record.entries[text.text] = Entry(either_of_them, text.span, is_sure or known.is_sure)
    record.is_open |= not is_all
    if not is_all:
        walk.escape(value)


def write(walk: Walk, key: Value, value: Value | None = None) -> None:
    """Note that a run property is written, and if its value is known to be no string; typed ones encode theirs."""
    found, is_all = texts(key)
    is_sure = walk.is_sure and is_all and len(found) == 1
    mentions = [Mention(name=text.text, span=text.span, is_sure=is_sure) for text in found]
    walk.notes.writes += mentions
    walk.notes.has_all_writes &= is_all
    if value is not None and is_never_text(value):
        walk.notes.unencoded += mentions


def delete(walk: Walk, base: Value, key: Value) -> None:
    """Follow `del base[key]`."""
    found, _ = texts(key)
    for single in alternatives(base):
        for text in found:
            match single:
                case Properties():
                    walk.notes.deletions[text.span] = Deletion(name=text.text, span=text.span, is_refused=True)
                case Record(is_copy=True) if text.text not in single.entries:
                    single.deleted[text.text] = text.span
                case Record():
                    single.entries.pop(text.text, None)
                case _:
                    pass
