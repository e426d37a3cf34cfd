"""Text that only the deployment knows in full.

In the model, `${ScriptBucket}` and `${AWS::Region}` stand for what is not known yet. In a template, such a text is an
`Fn::Sub`, inside which every other `${` means itself and is written `${!`
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

SCRIPT_BUCKET = "ScriptBucket"
PSEUDO_PARAMETERS = frozenset({"AWS::AccountId", "AWS::Partition", "AWS::Region"})

_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")


def fill(value: Any, script_bucket: str) -> Any:
    """Return a structure with the name of the bucket in its texts."""
    match value:
        case str():
            return value.replace(f"${{{SCRIPT_BUCKET}}}", script_bucket)
        case dict():
            return {key: fill(inner, script_bucket) for key, inner in value.items()}
        case list():
            return [fill(inner, script_bucket) for inner in value]
        case _:
            return value


def substitute(value: Any, known: AbstractSet[str]) -> Any:
    """Return a structure with an `Fn::Sub` for each text that has one of the `known` placeholders."""
    match value:
        case str():
            return _substitute(value, known)
        case dict():
            return {key: substitute(inner, known) for key, inner in value.items()}
        case list():
            return [substitute(inner, known) for inner in value]
        case _:
            return value


def _substitute(text: str, known: AbstractSet[str]) -> str | dict[str, str]:
    if "${" not in text or not any(name in known for name in _PLACEHOLDER.findall(text)):
        return text
    return {"Fn::Sub": _PLACEHOLDER.sub(lambda m: m[0] if m[1] in known else f"${{!{m[1]}}}", text)}


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
