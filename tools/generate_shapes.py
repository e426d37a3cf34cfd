# ruff: noqa: INP001 -- a script, found by its path
"""Write `gluedsl/spelling/shapes.json`: what Glue's requests and CloudFormation's Glue types have, and of what sizes.

    python tools/generate_shapes.py

Reads what is installed: the service model in botocore (https://github.com/boto/botocore, Apache-2.0), and the
CloudFormation registry schemas as bundled in cfn-lint (https://github.com/aws-cloudformation/cfn-lint, MIT-0).
Only names, types and limits are taken: of the members of every request and property, one level into them;
and of the requests that create something, every shape inside, with its limits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

TARGET = Path(__file__).parents[1] / "gluedsl" / "spelling" / "shapes.json"

REQUESTS = {
    "CreateCrawler": "CreateCrawlerRequest",
    "CreateJob": "CreateJobRequest",
    "CreateTrigger": "CreateTriggerRequest",
    "CreateWorkflow": "CreateWorkflowRequest",
    "UpdateCrawler": "UpdateCrawlerRequest",
    "UpdateJob": "JobUpdate",
    "UpdateTrigger": "TriggerUpdate",
    "UpdateWorkflow": "UpdateWorkflowRequest",
}
RESOURCE_TYPES = ("AWS::Glue::Crawler", "AWS::Glue::Job", "AWS::Glue::Trigger", "AWS::Glue::Workflow")
REGION = "us-east-1"


def generate() -> str:
    """Return the text of the file."""
    glue = botocore.session.get_session().get_service_model("glue")
    shapes = {
        "api": {
            operation: _request(cast("StructureShape", glue.shape_for(name))) for operation, name in REQUESTS.items()
        },
        "cloudformation": {name: _resource(name) for name in RESOURCE_TYPES},
        "inputs": {operation: name for operation, name in REQUESTS.items() if operation.startswith("Create")},
        "shapes": _shapes([glue.shape_for(name) for name in REQUESTS.values() if name.startswith("Create")]),
    }
    return json.dumps(shapes, indent=1, sort_keys=True) + "\n"


def _request(shape: StructureShape) -> dict[str, Any]:
    return {
        name: {"type": member.type_name, "required": name in shape.required_members, **_inside(member)}
        for name, member in shape.members.items()
    }


def _inside(shape: Shape) -> dict[str, Any]:
    if shape.type_name != "structure":
        return {}
    members = cast("StructureShape", shape).members
    return {"members": {name: member.type_name for name, member in members.items()}}


def _shapes(waiting: list[Shape]) -> dict[str, Any]:
    """Return these shapes and all inside of them by name."""
    shapes: dict[str, Any] = {}
    while waiting:
        shape = waiting.pop()
        if shape.name not in shapes:
            parts = _parts(shape)
            shapes[shape.name] = _shape(shape, parts)
            waiting += parts.values()
    return shapes


def _parts(shape: Shape) -> dict[str, Shape]:
    match shape.type_name:
        case "structure":
            return dict(cast("StructureShape", shape).members)
        case "list":
            return {"item": cast("ListShape", shape).member}
        case "map":
            return {"key": cast("MapShape", shape).key, "value": cast("MapShape", shape).value}
        case _:
            return {}


def _shape(shape: Shape, parts: Mapping[str, Shape]) -> dict[str, Any]:
    described: dict[str, Any] = {"type": shape.type_name}
    described |= {limit: shape.metadata[limit] for limit in ("min", "max", "pattern") if limit in shape.metadata}
    if shape.type_name == "string" and cast("StringShape", shape).enum:
        described["enum"] = cast("StringShape", shape).enum
    if parts:
        described["parts"] = {name: part.name for name, part in parts.items()}
    if shape.type_name == "structure" and cast("StructureShape", shape).required_members:
        described["required"] = cast("StructureShape", shape).required_members
    return described


def _resource(name: str) -> dict[str, Any]:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, name).schema
    required = schema.get("required", [])
    properties = {}
    for key, value in schema["properties"].items():
        resolved = _resolve(schema, value)
        properties[key] = {"type": resolved["type"], "required": key in required}
        if "properties" in resolved:
            inner = {k: _resolve(schema, v)["type"] for k, v in resolved["properties"].items()}
            properties[key]["members"] = inner
    return properties


def _resolve(schema: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    return value if reference is None else schema["definitions"][reference.rpartition("/")[2]]


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
