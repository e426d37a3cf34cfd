"""From CloudFormation's spelling of a resource to the API's, word for word.

Comes in: the properties of a resource, whatever they hold. Goes out: the same as members of the API's request. Nothing
is added, left out or mended on the way, as it would be through the model: what Glue refuses, it shall refuse.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from gluedsl.spelling import tables
from gluedsl.spelling.codec import ByClass, Many, Shape, merge, put, take

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.spelling.codec import Codec

_TABLES = {
    "AWS::Glue::Crawler": tables.CRAWLER,
    "AWS::Glue::Job": tables.JOB,
    "AWS::Glue::Trigger": tables.TRIGGER,
    "AWS::Glue::Workflow": tables.WORKFLOW,
}


def cfn_to_api(resource_type: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of the `Create*` request of the same content; a type without a table stays as it is."""
    shape = _TABLES.get(resource_type)
    return copy.deepcopy(dict(properties)) if shape is None else _structure(shape, properties)


def _structure(shape: Shape, data: Mapping[str, Any]) -> dict[str, Any]:
    rest, written = copy.deepcopy(dict(data)), dict[str, Any]()
    for field in shape.fields:
        found = take(rest, field.cfn) if field.cfn else None
        if found is not None:
            put(written, field.api, _value(field.codec, found))
    return merge(written, rest)


def _value(codec: Codec | Shape, value: Any) -> Any:
    match codec, value:
        case Many(shape=shape), list():
            return [_value(shape, one) for one in value]
        case ByClass(lists=lists), dict():
            return {
                name: [_value(lists[name], one) for one in members] if name in lists else members
                for name, members in value.items()
            }
        case Shape(), dict():
            return _structure(codec, value)
        case _:
            return value
