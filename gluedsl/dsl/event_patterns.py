"""Patterns of events that start a workflow, as EventBridge reads them.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
What is no pattern at all is refused here, at the author's line: EventBridge would say so at the end of a deployment.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from gluedsl.dsl.misuse import require, require_members
from gluedsl.errors import DeclarationError

LONGEST = 4096
"""Characters (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html)."""
_OPERATORS = ("anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard")
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html"""
_URI = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|\$\{Token\[[^\]]+\]\})(?:/(.*))?", re.DOTALL)
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; or what the CDK gives for a name that
nobody knows yet."""
_FORM = "s3://bucket/prefix"


def checked_pattern(pattern: Any, what: str) -> dict[str, Any]:
    """Return a copy of an event pattern; `what` names the argument.

    Raises:
        DeclarationError: EventBridge would take no such thing for a pattern.
    """
    copied = _fields(pattern, what, "")
    length = len(json.dumps(copied, sort_keys=True))
    if length > LONGEST:
        message = f"{what} is {length} characters long as JSON, and EventBridge takes {LONGEST}"
        raise DeclarationError(message, hint="make it match more, or split the workflow")
    return copied


def created_objects(s3: Any, what: str) -> dict[str, Any]:
    """Return the pattern of objects that come into being below one or several `s3://` URIs.

    Keys begin with the prefix, letter by letter
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
    """
    several = s3 if isinstance(s3, (list, tuple)) else (s3,)
    if not several:
        message = f"{what} is an empty list"
        raise DeclarationError(message, hint=f"name a place: {_FORM}")
    prefixes: dict[str, set[str]] = {}
    for uri in several:
        bucket, prefix = _place(uri, what)
        prefixes.setdefault(bucket, set()).add(prefix)
    buckets: dict[tuple[str, ...], list[str]] = {}
    for bucket in sorted(prefixes):
        buckets.setdefault(_outermost(prefixes[bucket]), []).append(bucket)
    parts = [_below(names, keys) for keys, names in buckets.items()]
    detail = parts[0] if len(parts) == 1 else {"$or": parts}
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    return checked_pattern(pattern, f"the event pattern of {what}")


def _below(buckets: list[str], prefixes: tuple[str, ...]) -> dict[str, Any]:
    detail: dict[str, Any] = {"bucket": {"name": buckets}}
    if prefixes != ("",):
        detail["object"] = {"key": [{"prefix": prefix} for prefix in prefixes]}
    return detail


def _outermost(prefixes: set[str]) -> tuple[str, ...]:
    """Return those that no other includes."""
    kept: list[str] = []
    for prefix in sorted(prefixes):  # what includes another comes before it
        if not any(prefix.startswith(one) for one in kept):
            kept.append(prefix)
    return tuple(kept)


def _place(uri: Any, what: str) -> tuple[str, str]:
    """Return bucket and prefix."""
    require(uri, str, what, f"a place such as {_FORM}, or a list of them")
    found = _URI.fullmatch(uri)
    if found is None:
        message = f"{what} takes a place such as {_FORM}, not {uri!r}"
        hint = "a bucket has 3 to 63 lower-case letters, digits, dots and hyphens" if uri.startswith("s3://") else ""
        raise DeclarationError(message, hint=hint)
    prefix = found[2] or ""
    if "*" in prefix or "?" in prefix:
        message = f"{what} takes a prefix as it stands, and {uri!r} has a wildcard"
        raise DeclarationError(message, hint='leave it out, or write pattern= with {"wildcard": ...} for the key')
    return found[1], prefix


def _fields(value: Any, what: str, place: str) -> dict[str, Any]:
    """Return a copy of a mapping of fields; `place` is its own name, with a dot behind it."""
    members = require_members(value, what, "an event pattern, which is a dict")
    if not members:
        where = f"`{place[:-1]}` in {what}" if place else what
        message = f"{where} is empty, and EventBridge takes no pattern without a field"
        raise DeclarationError(message, hint='for example: {"source": ["our.shop"]}')
    return {name: _field(name, held, what, f"{place}{name}") for name, held in members.items()}


def _field(name: str, value: Any, what: str, place: str) -> Any:
    if isinstance(value, Mapping):
        return _fields(value, what, f"{place}.")
    if not isinstance(value, (list, tuple)):
        message = f"`{place}` in {what} is {_kind(value)}, and EventBridge takes a list of values"
        hint = f"write it as a list: {json.dumps([value])}" if isinstance(value, (str, bool, int)) else ""
        raise DeclarationError(message, hint=hint)
    if name == "$or":
        if len(value) < 2:  # noqa: PLR2004 -- an alternative
            message = f"`{place}` in {what} takes a list of two patterns or more"
            raise DeclarationError(message, hint="write a single pattern without `$or`")
        return [_fields(one, what, f"{place}[{index}].") for index, one in enumerate(value)]
    if not value:
        message = f"`{place}` in {what} is an empty list, which no event matches"
        raise DeclarationError(message, hint="name a value, or leave the field out")
    return [_matcher(one, what, place) for one in value]


def _matcher(value: Any, what: str, place: str) -> Any:
    """Return a copy of what one value of an event is compared with."""
    if isinstance(value, Mapping):
        if len(value) != 1 or not set(value) <= set(_OPERATORS):
            wrong = next((str(name) for name in value if name not in _OPERATORS), "")
            near = difflib.get_close_matches(wrong, _OPERATORS, n=1)
            message = f"`{place}` in {what} compares by {' and '.join(map(repr, value)) or 'nothing'}"
            hint = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(_OPERATORS)}"
            raise DeclarationError(message, hint=hint)
        return {name: _plain(held, what, place) for name, held in value.items()}
    if isinstance(value, (list, tuple)):
        message = f"`{place}` in {what} has a list in its list of values"
        raise DeclarationError(message, hint="put the values into one list")
    return _plain(value, what, place)


def _plain(value: Any, what: str, place: str) -> Any:
    """Return a copy of what JSON can hold."""
    if isinstance(value, Mapping):
        return {name: _plain(held, what, place) for name, held in require_members(value, what, "a dict").items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held, what, place) for held in value]
    if isinstance(value, str):
        require(value, str, f"`{place}` in {what}", "text")
        return value
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    message = f"`{place}` in {what} holds {_kind(value)}, which JSON has no word for"
    raise DeclarationError(message)


def _kind(value: Any) -> str:
    kind: type[object] = type(value)
    return f"{value!r} ({kind.__name__})" if isinstance(value, (str, int, float)) else f"a {kind.__name__}"
