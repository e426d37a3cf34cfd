"""What members AWS's requests and resources have: read from `shapes.json`, which `tools/generate_shapes.py` writes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gluedsl.spelling import tables
from gluedsl.spelling.codec import PLAIN, Reference, TextMap

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLES = {
    "CreateCrawler": tables.CRAWLER,
    "CreateJob": tables.JOB,
    "CreateTrigger": tables.TRIGGER,
    "CreateWorkflow": tables.WORKFLOW,
}


def api_members(operation: str) -> tuple[str, ...]:
    """Return the members that a request takes: of `CreateJob`, `CreateCrawler`, `CreateTrigger`, `CreateWorkflow`.

    Of the updates, those of the definition itself: `UpdateJob` means `JobUpdate`, `UpdateTrigger` `TriggerUpdate`.
    """
    return tuple(_shapes()["api"][operation])


def cfn_properties(resource_type: str) -> tuple[str, ...]:
    """Return the properties of a resource type such as `AWS::Glue::Job`."""
    return tuple(_shapes()["cloudformation"][resource_type])


def cfn_members(resource_type: str, prop: str) -> tuple[str, ...]:
    """Return the members of a property that is a structure; nothing of another."""
    return tuple(_shapes()["cloudformation"][resource_type].get(prop, {}).get("members", ()))


def cfn_lacks(resource_type: str, extra: Mapping[str, Any]) -> str | None:
    """Return the first member of `extra` that the resource type has no property for, as a dotted path."""
    properties = _shapes()["cloudformation"][resource_type]
    for member, value in extra.items():
        if member not in properties:
            return member
        inner = properties[member].get("members")
        if inner is not None and isinstance(value, dict):
            for name in value:
                if name not in inner:
                    return f"{member}.{name}"
    return None


def api_inputs() -> Mapping[str, str]:
    """Return the name of the request's shape by each operation that creates something."""
    inputs: dict[str, str] = _shapes()["inputs"]
    return inputs


def api_shapes() -> Mapping[str, Mapping[str, Any]]:
    """Return every shape inside of those requests by name: its `type`, its limits, and the names of its `parts`."""
    shapes: dict[str, Mapping[str, Any]] = _shapes()["shapes"]
    return shapes


def named_fields(operation: str) -> Mapping[str, str]:
    """Return the attribute of the model by each member of a request that one holds as it is.

    For lowering, which moves such members of `extra=` to their field. Members that the model holds in another form
    (structures and lists, such as `Command`, `Connections` or `Actions`) are those of `structured_fields`.
    """
    flat = {
        field.api[0]: field.attribute
        for field in _TABLES[operation].fields
        if len(field.api) == 1
        and (field.codec is PLAIN or isinstance(field.codec, Reference | TextMap | tables.CronText))
    }
    return {**flat, "StartOnCreation": "enabled"} if operation == "CreateTrigger" else flat


def structured_fields(operation: str) -> Mapping[str, tuple[str, ...]]:
    """Return the attributes of the model by each member of a request that it holds in another form than AWS.

    A trigger's workflow is among them, with no attribute: a model's trigger stands in its workflow.
    """
    named = named_fields(operation)
    fields = _TABLES[operation].fields
    structures = dict.fromkeys(field.api[0] for field in fields if field.api[0] not in named)
    found = {name: tuple(field.attribute for field in fields if field.api[0] == name) for name in structures}
    return {**found, "WorkflowName": ()} if operation == "CreateTrigger" else found


@cache
def _shapes() -> dict[str, Any]:
    text = Path(__file__).with_name("shapes.json").read_text(encoding="utf-8")
    shapes: dict[str, Any] = json.loads(text)
    return shapes
