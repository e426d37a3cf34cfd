"""Maps of authors' that a template cannot have: CloudFormation takes one whose only key is `Ref` for a reference.

Comes in: the properties of a resource. Goes out: nothing, or an error. What has been made a reference on purpose is a
`Function`. A key has no way to be written otherwise, as `${!` is one for a text
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANYWHERE = "Fn::Transform"
"""It may have other keys beside it."""
_HINT = "rename it, or put another key beside it; `gluedsl plan` and `gluedsl deploy` can write it"
_HINT_ANYWHERE = "rename it; `gluedsl plan` and `gluedsl deploy` can write it"


class Function(dict[str, Any]):
    """A function of CloudFormation's that is meant as one."""


def require_keys(label: str, properties: Mapping[str, Any]) -> None:
    """See to it that no map of a resource is one that CloudFormation takes for a function.

    Raises:
        UsageError: one is.
    """
    found = _taken(properties)
    if found is not None:
        *path, key = found
        message = (
            f"CloudFormation cannot write the key `{key}` in `{'.'.join(path)}` of {label}: there it is a function"
        )
        raise UsageError(message, hint=_HINT_ANYWHERE if key == _ANYWHERE else _HINT)


def _taken(value: Any) -> tuple[str, ...] | None:
    """Return the path of a key that would be taken for a function; None if there is none."""
    if isinstance(value, list):
        return next(filter(None, map(_taken, value)), None)
    if not isinstance(value, dict) or isinstance(value, Function):
        return None
    for key, inner in value.items():
        if key == _ANYWHERE or (len(value) == 1 and (key == "Ref" or key.startswith("Fn::"))):
            return (key,)
        if isinstance(inner, dict | list) and (path := _taken(inner)) is not None:
            return (key, *path)
    return None
