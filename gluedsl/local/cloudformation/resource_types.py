"""What CloudFormation knows of resource types: read from `resource_types.json`, which a tool writes.

The tool is `tools/generate_resource_types.py`. Its source: the CloudFormation registry schemas as bundled in cfn-lint
(https://github.com/aws-cloudformation/cfn-lint, MIT-0).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

GLUE = "AWS::Glue::"
_FURTHER = {
    # Its name is what moto knows it by.
    "AWS::Glue::Database": ("DatabaseInput.Name",),
    # What it did to the one bucket is undone when that one goes.
    "Custom::S3AutoDeleteObjects": ("BucketName",),
}


def shape(resource_type: str) -> Mapping[str, Any] | None:
    """Return what the properties of one of Glue's types may be; None: it is not modelled here."""
    return _types().get(resource_type, {}).get("shape")


def glue_types() -> tuple[str, ...]:
    """Return the types of Glue's that are modelled here."""
    return tuple(name for name, described in _types().items() if "shape" in described)


def takes_tags(resource_type: str) -> bool:
    """Tell whether the tags of a stack are given to resources of this type, as a mapping."""
    return "Tags" in (shape(resource_type) or {}).get("members", {})


def replacing(resource_type: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the properties that differ and cannot be changed without a new resource, as dotted paths."""
    paths = (*_types().get(resource_type, {}).get("create_only", ()), *_FURTHER.get(resource_type, ()))
    return tuple(path for path in paths if _at(before, path) != _at(after, path))


def _at(properties: Mapping[str, Any], path: str) -> Any:
    found: Any = properties
    for member in path.split("."):
        found = found.get(member) if isinstance(found, dict) else None
    return found


@cache
def _types() -> Mapping[str, Mapping[str, Any]]:
    text = Path(__file__).with_name("resource_types.json").read_text(encoding="utf-8")
    types: Mapping[str, Mapping[str, Any]] = json.loads(text)
    return types
