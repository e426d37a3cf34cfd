"""The three methods of boto3's Glue client that have to do with run properties, and `getResolvedOptions`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.contract.contract import Deletion, Mention, Request, WholeMapPut
from gluedsl.contract.elements import elements
from gluedsl.contract.lookups import write
from gluedsl.contract.values import (
    OPAQUE,
    Answer,
    Library,
    Options,
    Record,
    Text,
    alternatives,
    texts,
)

if TYPE_CHECKING:
    from gluedsl.contract.given import Given
    from gluedsl.contract.values import Operation, Value
    from gluedsl.contract.walk import Walk
    from gluedsl.source.span import Span


def call_operation(walk: Walk, operation: Operation, given: Given) -> Value:
    """Follow a call of one of the methods."""
    is_of_another = all(isinstance(single, Text) for single in alternatives(given.named.get("Name", OPAQUE)))
    match operation.name:
        case "put_workflow_run_properties" if is_of_another:
            # The name of a workflow that is written out may be that of another one.
            walk.notes.has_all_writes = False
        case "put_workflow_run_properties":
            _put(walk, given)
        case _ if is_of_another:
            walk.notes.has_all_reads = False
        case "get_workflow_run_properties":
            return Answer("properties")
        case "get_workflow_run":
            return Answer("run")
    return OPAQUE


def _put(walk: Walk, given: Given) -> None:
    properties = given.named.get("RunProperties", OPAQUE)
    place = given.place("RunProperties")
    singles = alternatives(properties)
    for single in singles:
        if isinstance(single, Record):
            _put_record(walk, single, place, is_only=len(singles) == 1)
        else:
            walk.notes.has_all_writes = False


def _put_record(walk: Walk, record: Record, place: Span, *, is_only: bool) -> None:
    before = walk.is_sure
    for key, entry in record.entries.items():
        walk.is_sure = before and entry.is_sure and is_only
        write(walk, Text(key, entry.span), entry.value)
    walk.is_sure = before
    walk.notes.has_all_writes &= not record.is_open
    if record.is_copy and is_only:
        walk.notes.puts[place] = WholeMapPut(span=place, keys=tuple(record.entries))
    for name, span in record.deleted.items():
        walk.notes.deletions[span] = Deletion(name=name, span=span, is_refused=False)


def resolve_options(walk: Walk, given: Given) -> Value:
    """Follow a call of `getResolvedOptions(sys.argv, [...])`."""
    argv = given.argument(0, "args")
    is_plain = argv is not None and Library("sys.argv") in alternatives(argv)
    entries, has_all = elements(given.argument(1, "options") or OPAQUE)
    mentions: dict[str, Mention] = {}
    for entry in entries:
        found, is_all = texts(entry.value)
        is_sure = is_plain and walk.is_sure and entry.is_sure and is_all and len(found) == 1
        for text in found:
            known = mentions.get(text.text)
            if known is None or not known.is_sure:
                mentions[text.text] = Mention(name=text.text, span=text.span, is_sure=is_sure)
        has_all &= is_all
    request = Request(options=tuple(mentions.values()), has_all=has_all)
    known_request = walk.notes.requests.get(given.span)
    walk.notes.requests[given.span] = request if known_request is None else _both(known_request, request)
    return Options(frozenset(mentions))


def _both(first: Request, second: Request) -> Request:
    """Return what one call asks for that is come by twice, perhaps with other options."""
    options = {option.name: option for option in first.options}
    for option in second.options:
        known = options.get(option.name, option)
        options[option.name] = replace(option, is_sure=option.is_sure or known.is_sure)
    return Request(options=tuple(options.values()), has_all=first.has_all and second.has_all)
