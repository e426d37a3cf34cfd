"""Answers in pages: `MaxResults` and `NextToken` as Glue has them.

A token names the last item that was given, so that a page goes on where the one before it ended,
whatever was created or deleted meanwhile.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, TypeVar

from gluedsl.local.service.failure import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Item = TypeVar("Item")

_DEFAULT = 100
"""How many items a page has where the request does not say; Glue's documentation names no number."""


def page(
    items: Sequence[Item], parameters: Mapping[str, Any], key: Callable[[Item], str], *, most: int = _DEFAULT
) -> tuple[list[Item], dict[str, str]]:
    """Return the items of the page asked for, and the members of the answer that lead to the next one.

    `items` are all there are, in one order; `key` is a text that no two of them share; `most` is how many a page has
    where the request does not say.
    """
    token, size = parameters.get("NextToken"), parameters.get("MaxResults", most)
    first = 0 if token is None else _after(_key_of(token), items, key)
    chosen = list(items[first : first + size])
    if first + size >= len(items):
        return chosen, {}
    return chosen, {"NextToken": base64.urlsafe_b64encode(key(chosen[-1]).encode()).decode()}


def named(
    names: Sequence[str], parameters: Mapping[str, Any], *, most: int = _DEFAULT
) -> tuple[list[str], dict[str, str]]:
    """Return a page of names, in alphabetical order."""
    return page(sorted(names), parameters, str, most=most)


def _key_of(token: str) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        message = "NextToken is not one that this service gave"
        raise invalid(message) from None


def _after(last: str, items: Sequence[Item], key: Callable[[Item], str]) -> int:
    for index, item in enumerate(items):
        if key(item) == last:
            return index + 1
    # The last item of the page before is gone. Names stand in order, so the page can still go on behind it.
    return sum(1 for item in items if key(item) <= last)
