# ruff: noqa: INP001 -- a script, found by its path
"""Write `gluedsl/spelling/shapes.json`: what members Glue's requests and CloudFormation's Glue types have.

    python tools/generate_shapes.py

Reads what is installed: the service model in botocore (https://github.com/boto/botocore, Apache-2.0), and the
CloudFormation registry schemas as bundled in cfn-lint (https://github.com/aws-cloudformation/cfn-lint, MIT-0).
Only names and types are taken: of a request's members, and one level into them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import Shape, StructureShape

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
