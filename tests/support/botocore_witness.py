"""What AWS's own service model says of a request or an answer.

botocore refuses missing members, wrong types and what is too small. It leaves the rest to the service, and so would a
test that asked botocore alone: enums, patterns, and what is too long are looked at here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.validate import ParamValidator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape


def violations(operation: str, params: Mapping[str, Any], *, service: str = "glue") -> list[str]:
    """Return what is wrong with the arguments of a call; nothing: the service can read them."""
    return _violations(_model(service).operation_model(operation).input_shape, params)


def output_violations(operation: str, data: Mapping[str, Any], *, service: str = "glue") -> list[str]:
    """Return what is wrong with the answer of a call; what boto3 adds to it is left aside."""
    answer = {member: value for member, value in data.items() if member != "ResponseMetadata"}
    return _violations(_model(service).operation_model(operation).output_shape, answer)


def listed_errors(operation: str, *, service: str = "glue") -> frozenset[str]:
    """Return the errors that the service's model lists for an operation."""
    return frozenset(shape.name for shape in _model(service).operation_model(operation).error_shapes)


def shape_violations(shape: str, data: Mapping[str, Any], *, service: str = "glue") -> list[str]:
    """Return what is wrong with one structure of the service, such as `WorkflowRun`."""
    return _violations(_model(service).shape_for(shape), data)


@cache
def _model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def _violations(shape: Shape | None, data: Mapping[str, Any]) -> list[str]:
    if shape is None:
        return [f"{', '.join(data)}: the operation has no such members"] if data else []
    report = ParamValidator().validate(data, shape).generate_report()
    return report.splitlines() if report else list(_left_to_the_service(shape, data, shape.name))


def _left_to_the_service(shape: Shape, value: Any, where: str) -> Iterator[str]:
    match shape.type_name:
        case "structure":
            for name, member in cast("StructureShape", shape).members.items():
                if name in value:
                    yield from _left_to_the_service(member, value[name], f"{where}.{name}")
        case "list":
            yield from _too_long(shape, len(value), where)
            for index, inner in enumerate(value):
                yield from _left_to_the_service(cast("ListShape", shape).member, inner, f"{where}[{index}]")
        case "map":
            yield from _too_long(shape, len(value), where)
            for key, inner in value.items():
                yield from _left_to_the_service(cast("MapShape", shape).key, key, f"{where} key")
                yield from _left_to_the_service(cast("MapShape", shape).value, inner, f"{where}[{key!r}]")
        case "string":
            yield from _text(shape, value, where)
        case "integer" | "long" | "float" | "double":
            yield from _too_long(shape, value, where)
        case _:
            pass


def _text(shape: Shape, value: str, where: str) -> Iterator[str]:
    # "not less than 1 or more than 255 bytes long" (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html)
    yield from _too_long(shape, len(value.encode()), where)
    allowed = cast("StringShape", shape).enum
    if allowed and value not in allowed:
        yield f"{where}: {value!r} is none of {', '.join(allowed)}"
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not re.fullmatch(_in_python(pattern), value):
        yield f"{where}: {value!r} does not match {pattern}"


def _too_long(shape: Shape, size: float, where: str) -> Iterator[str]:
    limit = shape.metadata.get("max")
    if limit is not None and size > limit:
        yield f"{where}: {size} is more than {limit}"


def _in_python(pattern: str) -> str:
    """Return a pattern of the model, which counts in UTF-16, as Python counts."""
    return pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")
