"""The properties of a Glue resource against the shape of its type, as CloudFormation looks at them before Glue does.

Comes in: properties without functions. Goes out: the same with values of the types that Glue wants, for CloudFormation
takes "2" for 2 and 3.9 for "3.9"; or a `ResourceError` that names every fault, in the words of
https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1514.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gluedsl.local.cloudformation.failure import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = {
    "string": "String",
    "integer": "Integer",
    "number": "Number",
    "boolean": "Boolean",
    "array": "JSONArray",
    "object": "JSONObject",
}


def checked(logical_id: str, shape: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties that a resource may have."""
    faults: list[str] = []
    fitting: dict[str, Any] = _fit(shape, properties, "#", faults)
    if faults:
        message = f"Properties validation failed for resource {logical_id} with message:\n" + "\n".join(faults)
        raise ResourceError(message)
    return fitting


def _fit(shape: Mapping[str, Any], value: Any, path: str, faults: list[str]) -> Any:
    match shape["type"], value:
        case "json", _:
            return _json(value, path, faults)
        case "object", dict():
            return _object(shape, value, path, faults)
        case "array", list():
            return [_fit(shape["items"], one, f"{path}/{index}", faults) for index, one in enumerate(value)]
        case ("object" | "array") as kind, _:
            return _unfit(kind, value, path, faults)
        case kind, _:
            return _scalar(shape, kind, value, path, faults)


def _object(shape: Mapping[str, Any], value: dict[str, Any], path: str, faults: list[str]) -> dict[str, Any]:
    members = shape.get("members")
    if members is None:
        inner = shape.get("values", {"type": "json"})
        return {name: _fit(inner, each, f"{path}/{name}", faults) for name, each in value.items()}
    faults += [f"{path}: extraneous key [{name}] is not permitted" for name in value if name not in members]
    faults += [f"{path}: required key [{name}] not found" for name in shape["required"] if name not in value]
    return {
        name: _fit(members[name], each, f"{path}/{name}", faults) for name, each in value.items() if name in members
    }


def _scalar(shape: Mapping[str, Any], kind: str, value: Any, path: str, faults: list[str]) -> Any:
    fitting = _converted(kind, value)
    if fitting is None:
        return _unfit(kind, value, path, faults)
    if "enum" in shape and fitting not in shape["enum"]:
        faults.append(f"{path}: {fitting} is not a valid enum value")
    return fitting


def _converted(kind: str, value: Any) -> Any:
    """Return a value of a kind; None: it cannot be one."""
    match kind, value:
        case (("string" | "boolean"), str() | bool()):
            return _text_or_truth(kind, value)
        case "string", int() | float():
            return str(value)
        case (("integer" | "number"), str() | int() | float()) if not isinstance(value, bool):
            return _number(kind, value)
        case _:
            return None


def _text_or_truth(kind: str, value: str | bool) -> str | bool | None:  # noqa: FBT001 -- it is what is converted
    if kind == "string":
        return value if isinstance(value, str) else str(value).lower()
    return {"true": True, "false": False}.get(str(value).lower())


def _number(kind: str, value: str | float) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    if number.is_integer():
        return int(number)
    return number if kind == "number" else None


def _json(value: Any, path: str, faults: list[str]) -> Any:
    """Return a mapping of texts: in the API, what CloudFormation leaves open is one."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return _unfit("object", value, path, faults)
    if isinstance(value, dict):
        return {name: _text(each) for name, each in value.items()}
    return _unfit("object", value, path, faults)


def _text(value: Any) -> Any:
    converted = _converted("string", value)
    return value if converted is None else converted


def _unfit(kind: str, value: Any, path: str, faults: list[str]) -> Any:
    faults.append(f"{path}: expected type: {_NAMES[kind]}, found: {_found(value)}")
    return value


def _found(value: Any) -> str:
    kinds = {bool: "Boolean", int: "Integer", float: "Double", str: "String", list: "JSONArray", dict: "JSONObject"}
    return kinds.get(type(value), "Null")
