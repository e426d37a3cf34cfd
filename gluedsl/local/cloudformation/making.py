"""One resource at a time: making it, changing it, taking it away, each with its events.

Comes in: a stack, moto's map of what is there, and a piece of a template. Goes out: the resource, remembered by the
stack's ledger; or a `ResourceError`, once the event that tells of it is written.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from moto.cloudformation import parsing
from moto.cloudformation.models import Stack, cloudformation_backends

from gluedsl.local.cloudformation import events, properties, resource_types
from gluedsl.local.cloudformation.catalog_models import NAMED_BY
from gluedsl.local.cloudformation.custom_models import is_custom
from gluedsl.local.cloudformation.failure import ResourceError, reason
from gluedsl.local.cloudformation.ledger import Resource
from gluedsl.local.cloudformation.names import generated
from gluedsl.local.cloudformation.references import dependencies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.cloudformation.ledger import Leaving

_TAKES_TAG_LIST = frozenset({"AWS::IAM::Role", "AWS::S3::Bucket"})
"""Of the types that are moto's, those whose tags are of use to who deploys workflows."""

_LOOKS_FOR_ITS_NAME = {"AWS::S3::Bucket": "BucketName", "AWS::SSM::Parameter": "Name"}
"""Of the types that are moto's, those whose names moto wants among the properties, also where a template gives none."""


def resolved(resource_map: Any, logical_id: str, body: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    """Return the properties of a resource without functions, and with the tags of the stack."""
    given: dict[str, Any] = parsing.clean_json(copy.deepcopy(body.get("Properties") or {}), resource_map)
    kind = body["Type"]
    shape = resource_types.shape(kind)
    if shape is not None:
        given = properties.checked(logical_id, shape, given)
        if resource_types.takes_tags(kind) and tags:
            given["Tags"] = dict(tags) | given.get("Tags", {})
    elif kind in _TAKES_TAG_LIST and tags:
        own = given.get("Tags", [])
        named = {tag["Key"] for tag in own}
        given["Tags"] = [*own, *({"Key": key, "Value": tags[key]} for key in tags if key not in named)]
    elif kind == "AWS::CloudFormation::Stack":
        given["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()] + given.get("Tags", [])
    return given


def make(
    stack: Any, resource_map: Any, logical_id: str, body: dict[str, Any], *, replaced: Resource | None
) -> Resource:
    """Make a resource; `replaced` is the one whose place it takes."""
    resource = Resource(
        logical_resource_id=logical_id,
        cf_resource_type=body["Type"],
        name="",
        body=body,
        properties={},
        model=None,
        depends_on=dependencies(body, resource_map.lazy_condition_map),
        making=replaced.making + 1 if replaced is not None else 1,
    )
    verb = "CREATE" if replaced is None else "UPDATE"
    if replaced is None:
        events.became(stack, resource, "CREATE_IN_PROGRESS")
    else:
        told = "Requested update requires the creation of a new physical resource; hence creating one."
        events.became(stack, replaced, "UPDATE_IN_PROGRESS", told)
    try:
        _create(stack, resource_map, resource)
    except Exception as error:  # moto's models raise whatever comes to them
        raise _failed(stack, resource if replaced is None else replaced, f"{verb}_FAILED", error) from error
    events.became(stack, resource, f"{verb}_IN_PROGRESS", "Resource creation Initiated")
    missing = f"moto does not know {resource.cf_resource_type}: nothing was made" if resource.model is None else None
    events.became(stack, resource, f"{verb}_COMPLETE", missing)
    return resource


def change(stack: Any, resource_map: Any, resource: Resource, body: dict[str, Any], given: dict[str, Any]) -> Resource:
    """Change a resource in place; return what it is then."""
    events.became(stack, resource, "UPDATE_IN_PROGRESS")
    changed = Resource(
        logical_resource_id=resource.logical_resource_id,
        cf_resource_type=resource.cf_resource_type,
        name=resource.name,
        body=body,
        properties=given,
        model=resource.model,
        depends_on=dependencies(body, resource_map.lazy_condition_map),
        making=resource.making,
    )
    try:
        changed.model = _updated(stack, resource, given)
    except Exception as error:  # moto's models raise whatever comes to them
        raise _failed(stack, resource, "UPDATE_FAILED", error) from error
    _known_by_moto(changed)
    events.became(stack, changed, "UPDATE_COMPLETE")
    return changed


def remove(stack: Any, resource: Resource, why: Leaving) -> None:
    """Take a resource away, unless it is to be kept."""
    if resource.is_retained(why):
        events.became(stack, resource, "DELETE_SKIPPED")
        return
    events.became(stack, resource, "DELETE_IN_PROGRESS")
    try:
        _delete(stack, resource)
    except Exception as error:  # moto's models raise whatever comes to them
        raise _failed(stack, resource, "DELETE_FAILED", error) from error
    events.became(stack, resource, "DELETE_COMPLETE")


def require_replaceable(stack: Any, resource: Resource, given: Mapping[str, Any]) -> None:
    """Refuse to replace what has a name of its template's that stays: there cannot be two of that name.

    https://github.com/convox/rack/issues/2941
    """
    name = _given_name(resource.cf_resource_type, given)
    if name is not None and name == resource.name:
        message = (
            "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
            f"Rename {name} and update the stack again."
        )
        events.became(stack, resource, "UPDATE_FAILED", message)
        raise ResourceError(message)


def _create(stack: Any, resource_map: Any, resource: Resource) -> None:
    logical_id, kind = resource.logical_resource_id, resource.cf_resource_type
    resource.properties = resolved(resource_map, logical_id, resource.body, stack.tags)
    resource.name = _given_name(kind, resource.properties) or _made_up_name(stack, resource)
    model = parsing.resource_class_from_type(kind)
    if model is None:
        return
    resource.model = model.create_from_cloudformation_json(
        resource.name,
        _as_moto_reads_it(resource, resource.properties),
        stack.account_id,
        stack.region_name,
        LogicalId=logical_id,
        StackId=stack.stack_id,
        ResourceType=kind,
    )
    _known_by_moto(resource)


def _updated(stack: Any, resource: Resource, given: dict[str, Any]) -> Any:
    if resource.model is None:
        return None
    kind = type(resource.model)
    if isinstance(resource.model, Stack):
        kind = Stack
    body = _as_moto_reads_it(resource, given)
    update = getattr(kind, "update_from_cloudformation_json", None)
    if update is None or hasattr(update, "__isabstractmethod__"):
        # moto cannot change it: it is made anew under its name.
        _delete(stack, resource)
        return kind.create_from_cloudformation_json(
            resource.name,
            body,
            stack.account_id,
            stack.region_name,
            LogicalId=resource.logical_resource_id,
            StackId=stack.stack_id,
            ResourceType=resource.cf_resource_type,
        )
    return update(
        original_resource=resource.model,
        new_resource_name=resource.name,
        cloudformation_json=body,
        account_id=stack.account_id,
        region_name=stack.region_name,
    )


def _delete(stack: Any, resource: Resource) -> None:
    model = resource.model
    if model is None:
        return
    if isinstance(model, Stack):
        backend = cloudformation_backends[stack.account_id][stack.region_name]
        backend.delete_stack(model.stack_id)
        if model.status != "DELETE_COMPLETE":
            message = f"Embedded stack {model.stack_id} was not successfully deleted: {model.status_reason}"
            raise ResourceError(message)
        return
    body = _as_moto_reads_it(resource, resource.properties)
    stack.resource_map._delete_resource(model, body)  # noqa: SLF001 -- moto has no other way


def _as_moto_reads_it(resource: Resource, given: Mapping[str, Any]) -> dict[str, Any]:
    kind, properties = resource.cf_resource_type, dict(copy.deepcopy(given))
    if kind in _LOOKS_FOR_ITS_NAME:
        properties.setdefault(_LOOKS_FOR_ITS_NAME[kind], resource.name)
    return {"Type": kind, "Properties": properties}


def _given_name(kind: str, given: Mapping[str, Any]) -> str | None:
    if kind.startswith(resource_types.GLUE):
        for path in NAMED_BY.get(kind, (("Name",),)):
            found: Any = given
            for member in path:
                found = found.get(member) if isinstance(found, dict) else None
            if isinstance(found, str):
                return found
        return None
    named_by = parsing.resource_name_property_from_type(kind)
    found = given.get(named_by) if named_by else None
    return found if isinstance(found, str) else None


def _made_up_name(stack: Any, resource: Resource) -> str:
    logical_id, kind = resource.logical_resource_id, resource.cf_resource_type
    if is_custom(kind) or kind.startswith((resource_types.GLUE, "AWS::CloudFormation::")):
        return generated(stack.stack_id, stack.name, logical_id, resource.making)
    return str(parsing.generate_resource_name(kind, stack.name, logical_id))


def _known_by_moto(resource: Resource) -> None:
    if resource.model is not None:
        resource.model.cf_resource_type = resource.cf_resource_type
        resource.model.logical_resource_id = resource.logical_resource_id


def _failed(stack: Any, resource: Resource, status: str, error: Exception) -> ResourceError:
    why = reason(error)
    events.became(stack, resource, status, why)
    return ResourceError(why)
