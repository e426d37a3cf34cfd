"""The part of the SARIF 2.1.0 schema that gluedsl writes: names, types and limits, retold.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json. No object there
takes members besides its own, and none here takes those that gluedsl has no use for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVELS = ("none", "note", "warning", "error")
_URI = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*"

OBJECTS: dict[str, dict[str, Any]] = {
    "log": {"$schema": _URI, "version!": ("2.1.0",), "runs!": ["run"]},
    "run": {
        "tool!": "tool",
        "columnKind": ("utf16CodeUnits", "unicodeCodePoints"),
        "originalUriBaseIds": {"": "artifactLocation"},
        "results": ["result"],
    },
    "tool": {"driver!": "toolComponent"},
    "toolComponent": {"name!": str, "version": str, "rules": ["reportingDescriptor"]},
    "reportingDescriptor": {
        "id!": str,
        "name": str,
        "shortDescription": "multiformatMessageString",
        "help": "multiformatMessageString",
        "helpUri": "uri",
        "defaultConfiguration": "reportingConfiguration",
    },
    "reportingConfiguration": {"level": _LEVELS},
    "multiformatMessageString": {"text!": str, "markdown": str},
    "result": {
        "ruleId": str,
        "ruleIndex": -1,
        "level": _LEVELS,
        "message!": "message",
        "partialFingerprints": {"": str},
        "locations": ["location"],
        "relatedLocations": ["location"],
    },
    "message": {"text!": str},
    "location": {"id": -1, "physicalLocation": "physicalLocation", "message": "message"},
    "physicalLocation": {"artifactLocation!": "artifactLocation", "region": "region"},
    "artifactLocation": {"uri": "uri", "uriBaseId": str, "description": "message"},
    "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
}
"""Members by object: a type, a tuple of choices, a least number, an object's name, a list or a mapping of them.
A member with an exclamation mark is required."""


def complaints(log: Any) -> list[str]:
    """Return everything about a log that its schema does not allow."""
    return list(_object("log", log, "$"))


def _object(name: str, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is no object"
        return
    members = {member.rstrip("!"): kind for member, kind in OBJECTS[name].items()}
    yield from (f"{at} has `{member}`" for member in value.keys() - members.keys())
    required = {member[:-1] for member in OBJECTS[name] if member.endswith("!")}
    yield from (f"{at} lacks `{member}`" for member in required - value.keys())
    for member in value.keys() & members.keys():
        yield from _value(members[member], value[member], f"{at}.{member}")


def _value(kind: Any, value: Any, at: str) -> Iterator[str]:
    match kind:
        case list():
            yield from _list(kind[0], value, at)
        case dict():
            for key, held in value.items():
                yield from _value(kind[""], held, f"{at}.{key}")
        case int():
            if not isinstance(value, int) or isinstance(value, bool) or value < kind:
                yield f"{at} is {value!r}"
        case str() if kind in OBJECTS:
            yield from _object(kind, value, at)
        case str():
            pattern = _URI if kind == "uri" else kind
            if not isinstance(value, str) or not re.fullmatch(pattern, value):
                yield f"{at} is {value!r}"
        case type():
            if not isinstance(value, kind):
                yield f"{at} is {value!r}"
        case _:
            if value not in kind:
                yield f"{at} is {value!r}"


def _list(item: Any, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at} is no list"
        return
    for index, held in enumerate(value):
        yield from _value(item, held, f"{at}[{index}]")
    is_set = at.endswith((".rules", ".relatedLocations"))
    if is_set and any(held in value[:index] for index, held in enumerate(value)):
        yield f"{at} repeats itself"
