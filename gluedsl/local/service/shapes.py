"""Requests against Glue's own service model, as botocore ships it.

Comes in: an operation's name and the parameters of a request. Goes out: the parameters without nulls, or an
`InvalidInputException` that names every member at fault. Knows nothing of what is stored.
botocore checks members, types and minima; the longest lengths, the values of an enum and patterns are checked here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, StringShape, StructureShape
from botocore.validate import ParamValidator

from gluedsl.local.service.failure import invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import OperationModel, Shape

_SURROGATES = r"\uD800\uDC00-\uDBFF\uDFFF"
"""Glue's patterns are written for UTF-16; in Python a character outside of the first plane is one character."""


@cache
def service_model() -> ServiceModel:
    """Return Glue's service model, from botocore's own files: no profile or setting of this machine is looked at."""
    return ServiceModel(Loader().load_service_model("glue", "service-2"), "glue")


def checked(operation: str, parameters: Any) -> dict[str, Any]:
    """Return the parameters of a request, without the nulls that the protocol reads as absent."""
    if not isinstance(parameters, dict):
        message = "the body of a request is a JSON object"
        raise invalid(message)
    given: dict[str, Any] = _without_nulls(parameters)
    shape = _operation(operation).input_shape
    if shape is None:
        return given
    found = ParamValidator().validate(given, shape)
    faults = found.generate_report().splitlines() if found.has_errors() else list(_faults(given, shape, ""))
    if faults:
        count = f"{len(faults)} validation error{'s' if len(faults) > 1 else ''}"
        message = f"{count} detected: {'; '.join(faults)}"
        raise invalid(message)
    return given


def members(shape_name: str) -> frozenset[str]:
    """Return the names that a structure of the model can hold."""
    shape = service_model().shape_for(shape_name)
    return frozenset(shape.members) if isinstance(shape, StructureShape) else frozenset()


@cache
def _operation(name: str) -> OperationModel:
    return service_model().operation_model(name)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value


def _faults(value: Any, shape: Shape, path: str) -> Iterator[str]:
    """Yield what is wrong with a value whose members and types are right."""
    match shape:
        case StructureShape():
            for name, inner in value.items():
                yield from _faults(inner, shape.members[name], f"{path}.{name}" if path else name)
        case ListShape():
            yield from _too_long(len(value), shape, path, "length")
            for index, inner in enumerate(value):
                yield from _faults(inner, shape.member, f"{path}[{index}]")
        case MapShape():
            yield from _too_long(len(value), shape, path, "length")
            for key, inner in value.items():
                yield from _faults(key, shape.key, f"{path} key {key}")
                yield from _faults(inner, shape.value, f"{path}.{key}")
        case StringShape():
            yield from _string_faults(value, shape, path)
        case _ if shape.type_name in {"integer", "long", "float", "double"}:
            yield from _too_long(value, shape, path, "value")


def _too_long(size: float, shape: Shape, path: str, what: str) -> Iterator[str]:
    most = shape.metadata.get("max")
    if most is not None and size > most:
        yield f"Value at '{path}' failed to satisfy constraint: Member must have {what} less than or equal to {most}"


def _string_faults(value: str, shape: StringShape, path: str) -> Iterator[str]:
    # "not less than 1 or more than 255 bytes long":
    # https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html
    yield from _too_long(len(value.encode("utf-8", "surrogatepass")), shape, path, "length")
    if shape.enum and value not in shape.enum:
        allowed = f"[{', '.join(shape.enum)}]"
        constraint = f"failed to satisfy constraint: Member must satisfy enum value set: {allowed}"
        yield f"Value '{value}' at '{path}' {constraint}"
    pattern = shape.metadata.get("pattern")
    if pattern is not None and _compiled(pattern).fullmatch(value) is None:
        constraint = f"failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}"
        yield f"Value at '{path}' {constraint}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(_SURROGATES, "\\U00010000-\\U0010FFFF"))
