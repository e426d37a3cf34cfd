"""The intrinsic functions of CloudFormation, by name.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.templates.node import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from gluedsl.templates.node import Node

PREFIX = "Fn::"
REF = "Ref"
CONDITION = "Condition"
FOR_EACH = "Fn::ForEach"
TRANSFORM = "Fn::Transform"
FUNCTIONS = frozenset(
    f"{PREFIX}{name}"
    for name in (
        *("And", "Base64", "Cidr", "Equals", "FindInMap", "ForEach", "GetAZs", "GetAtt", "GetStackOutput", "If"),
        *("ImportValue", "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform"),
    )
)


def from_short_form(tag: str, node: Node) -> Mapping:
    """Return the long form of `!Name node`."""
    name = tag.removeprefix("!")
    long = name if name in {REF, CONDITION} else f"{PREFIX}{name}"
    start, end, source = node.start, node.end, node.source
    if long == "Fn::GetAtt" and isinstance(node, Scalar):
        parts = node.text.split(".", 1)
        node = Sequence([Scalar(part, part, start, end, source) for part in parts], start, end, source)
    key = Scalar(long, long, start, end, source)
    return Mapping({long: Entry(key, node)}, start, end, source)


def call_of(node: Node) -> tuple[str, Node] | None:
    """Return the function and the argument of a node that is a call of one."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((name, entry),) = node.entries.items()
        if name == REF or name.startswith(PREFIX):
            return name, entry.value
    return None
