"""Text that only the deployment knows in full.

In the model, `${ScriptBucket}` and `${AWS::Region}` stand for what is not known yet. In a template, such a text is an
`Fn::Sub`, inside which every other `${` means itself and is written `${!`
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT_BUCKET = "ScriptBucket"
PSEUDO_PARAMETERS = {name: f"${{{name}}}" for name in ("AWS::AccountId", "AWS::Partition", "AWS::Region")}

_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")


def substitute(value: Any, known: Mapping[str, str]) -> Any:
    """Return a structure with the meaning of each known placeholder in its texts.

    Args:
        value: the structure; what its texts do not know stays text.
        known: what stands for each placeholder. Where that is itself one, the text becomes an `Fn::Sub`.
    """
    match value:
        case str():
            return _substitute(value, known)
        case dict():
            return {key: substitute(inner, known) for key, inner in value.items()}
        case list():
            return [substitute(inner, known) for inner in value]
        case _:
            return value


def _substitute(text: str, known: Mapping[str, str]) -> str | dict[str, Any]:
    names = [name for name in _PLACEHOLDER.findall(text) if name in known] if "${" in text else []
    if not names:
        return text
    if any("${" in known[name] for name in names):
        if "${" in _PLACEHOLDER.sub("", text):
            return _joined(text, known)
        return {"Fn::Sub": _PLACEHOLDER.sub(lambda m: known.get(m[1], f"${{!{m[1]}}}"), text)}
    return _PLACEHOLDER.sub(lambda m: known.get(m[1], m[0]), text)


def _joined(text: str, known: Mapping[str, str]) -> dict[str, Any]:
    """Return a text that an `Fn::Sub` cannot have: it protects what is closed, and this one has a `${` that is not."""
    parts: list[Any] = [""]
    # Every second one is the inside of a placeholder.
    for index, part in enumerate(_PLACEHOLDER.split(text)):
        if index % 2 and "${" in known.get(part, ""):
            parts += [{"Fn::Sub": known[part]}, ""]
        else:
            parts[-1] += known.get(part, f"${{{part}}}") if index % 2 else part
    return {"Fn::Join": ["", [part for part in parts if part]]}


def has_placeholder(value: Any) -> bool:
    """Tell whether a text somewhere in a structure may have a placeholder: in most there is none, and this is quick."""
    if isinstance(value, str):
        return "${" in value
    if not isinstance(value, dict | list):
        return False
    for inner in value.values() if isinstance(value, dict) else value:  # noqa: SIM110 -- a generator takes twice as long
        if has_placeholder(inner):
            return True
    return False


def uses(value: Any, name: str) -> bool:
    """Tell whether a text somewhere in a structure has the placeholder."""
    match value:
        case str():
            return f"${{{name}}}" in value
        case dict():
            return any(uses(inner, name) for inner in value.values())
        case list():
            return any(uses(inner, name) for inner in value)
        case _:
            return False
