"""Refusals of values that nothing can be made of."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gluedsl.errors import DeclarationError

if TYPE_CHECKING:
    from collections.abc import Collection

_LEAST_NUMBER = -1e288
"""Below it are the numbers that the CDK has its number tokens look like: nobody means them."""


def require(value: object, types: type | tuple[type, ...], what: str, wanted: str, *, hint: str = "") -> None:
    """Raise DeclarationError unless `value` is of one of the types; `what` names the argument.

    True and False are no numbers here, whatever Python says.
    """
    wants_boolean = types is bool or (isinstance(types, tuple) and bool in types)
    if not isinstance(value, types) or (isinstance(value, bool) and not wants_boolean):
        if isinstance(value, float) and value < _LEAST_NUMBER:
            message = f"{what} cannot be a token: it is known only when it is deployed"
            raise DeclarationError(message, hint="use add_property_override on the handle, such as `.jobs[...]`")
        message = f"{what} takes {wanted}, not {_shown(value)}"
        raise DeclarationError(message, hint=hint)
    if isinstance(value, str) and not _is_text(value):
        message = f"{what} takes text, and {value!r} has a code point that is none"
        raise DeclarationError(message, hint="half of a surrogate pair: the text was decoded wrongly")


def require_name(value: object, owner: str) -> None:
    """Raise DeclarationError unless `value` can be a name at all."""
    require(value, str, f"the name of a {owner}", "a string")
    if not value:
        message = f"the name of a {owner} is empty"
        raise DeclarationError(message)


def require_known(given: Collection[str], known: Collection[str], owner: str) -> None:
    """Raise DeclarationError for the first argument that `owner` does not take."""
    for name in given:
        if name not in known:
            message = f"{owner} takes no argument `{name}`"
            raise DeclarationError(message, hint=meant(name, known, "it takes"))


def meant(name: str, known: Collection[str], otherwise: str) -> str:
    """Return a hint that names the known name nearest to one that is not known, or all of them after a few words."""
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"{otherwise} {', '.join(sorted(known))}" if known else ""


def require_strings(value: Any, what: str) -> dict[str, str]:
    """Return a copy of a mapping of strings; raise DeclarationError if it is not one.

    Values are not shown: what is passed to a job may be a secret.
    """
    for key, held in require_members(value, what, "a dict of strings").items():
        if not isinstance(held, str):
            message = f"{what} takes strings, and the value of `{key}` is of type {type(held).__name__}"
            raise DeclarationError(message, hint="Glue stores strings: write it as one")
        require(held, str, f"the value of `{key}` in {what}", "a string")
    return dict(value)


def require_members(value: Any, what: str, wanted: str) -> dict[str, Any]:
    """Return a copy of a mapping whose keys are strings; raise DeclarationError if it is not one."""
    require(value, Mapping, what, wanted)
    for key in value:
        if not isinstance(key, str):
            message = f"{what} takes strings as keys, not {_shown(key)}"
            raise DeclarationError(message)
    return dict(value)


def require_several(value: Any, types: type | tuple[type, ...], what: str, wanted: str) -> tuple[Any, ...]:
    """Return the elements of a list or tuple; raise DeclarationError if one is of another type.

    A string is none, though Python could take it apart.
    """
    require(value, (list, tuple), what, f"a list of {wanted}")
    for one in value:
        require(one, types, what, wanted)
    return tuple(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    text = re.sub(r" at 0x[0-9A-Fa-f]+", "", repr(value))
    kind: type[object] = type(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({kind.__name__})"  # noqa: PLR2004 -- what fits a line
