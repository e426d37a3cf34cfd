"""Refusals of values that nothing can be made of."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from gluedsl.errors import DeclarationError

if TYPE_CHECKING:
    from collections.abc import Collection


def require(value: object, types: type | tuple[type, ...], what: str, wanted: str) -> None:
    """Raise DeclarationError unless `value` is of one of the types; `what` names the argument."""
    if not isinstance(value, types):
        message = f"{what} takes {wanted}, not {_shown(value)}"
        raise DeclarationError(message)


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
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"it takes {', '.join(sorted(known))}"
            message = f"{owner} takes no argument `{name}`"
            raise DeclarationError(message, hint=hint)


def _shown(value: object) -> str:
    text = repr(value)
    kind: type[object] = type(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({kind.__name__})"  # noqa: PLR2004 -- what fits a line
