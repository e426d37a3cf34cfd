# ruff: noqa: INP001 -- a script, found by its path
"""Write `gluedsl/local/cloudformation/resource_types.json`: what CloudFormation takes, and what it replaces.

    python tools/generate_resource_types.py

Reads what is installed: the CloudFormation registry schemas as bundled in cfn-lint
(https://github.com/aws-cloudformation/cfn-lint, MIT-0), and which types moto has (https://github.com/getmoto/moto).
Only names, types and values are taken: of Glue's types every property at any depth; of all types the properties that
cannot change without a replacement.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from cfnlint.schema._exceptions import ResourceNotFoundError
from moto.cloudformation.parsing import get_model_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TARGET = Path(__file__).parents[1] / "gluedsl" / "local" / "cloudformation" / "resource_types.json"

GLUE_TYPES = (
    "AWS::Glue::Connection",
    "AWS::Glue::Crawler",
    "AWS::Glue::Database",
    "AWS::Glue::Job",
    "AWS::Glue::SecurityConfiguration",
    "AWS::Glue::Table",
    "AWS::Glue::Trigger",
    "AWS::Glue::Workflow",
)
REGION = "us-east-1"


def generate() -> str:
    """Return the text of the file."""
    return json.dumps(dict(_types()), indent=1, sort_keys=True) + "\n"


def _types() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted({*GLUE_TYPES, *get_model_map()}):
        try:
            schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, name).schema
        except ResourceNotFoundError:
            continue
        described: dict[str, Any] = {
            "create_only": sorted(
                path.removeprefix("/properties/").replace("/", ".") for path in schema.get("createOnlyProperties", ())
            )
        }
        if name in GLUE_TYPES:
            described["shape"] = _shape(schema, schema, ())
        if name in GLUE_TYPES or described["create_only"]:
            yield name, described


def _shape(schema: Mapping[str, Any], value: Mapping[str, Any], within: tuple[str, ...]) -> dict[str, Any]:
    """Return what a value may be, without its prose and limits; a shape inside of itself is left open."""
    reference = value.get("$ref")
    if reference is not None:
        if reference in within:
            return {"type": "json"}
        name = reference.rpartition("/")[2]
        return _shape(schema, schema["definitions"][name], (*within, reference))
    kind = value.get("type", "object")
    if value.get("format") == "json" or isinstance(kind, list):
        return {"type": "json"}
    described: dict[str, Any] = {"type": kind}
    if "enum" in value:
        described["enum"] = value["enum"]
    if kind == "array":
        described["items"] = _shape(schema, value["items"], within)
    if "properties" in value:
        described["members"] = {name: _shape(schema, each, within) for name, each in value["properties"].items()}
        described["required"] = sorted(value.get("required", ()))
    elif "patternProperties" in value:
        [described["values"]] = [_shape(schema, each, within) for each in value["patternProperties"].values()]
    return described


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
