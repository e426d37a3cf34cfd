"""Tags of workflows, triggers, jobs and crawlers. Tags of anything else of Glue's are moto's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.local.service.failure import invalid, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.local.service.context import Context, Operation
    from gluedsl.local.service.definitions import Definition, Definitions
    from gluedsl.local.service.place import Place

_MOST = 50
"""Tags of one resource: https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html."""


def is_ours(place: Place, parameters: Mapping[str, Any]) -> bool:
    """Whether a tag operation is about something that this service keeps."""
    found = place.resource(parameters["ResourceArn"])
    return found is not None and found[0] in {"workflow", "trigger", "job", "crawler"}


def checked(tags: Mapping[str, str]) -> dict[str, str]:
    """Return tags that a resource may have."""
    if len(tags) > _MOST:
        message = f"a resource has at most {_MOST} tags, not {len(tags)}"
        raise invalid(message)
    for key in tags:
        if key.lower().startswith("aws:"):
            message = f"tag key {key} begins with aws:, which is reserved"
            raise invalid(message)
    return dict(tags)


def have(definition: Definition, wanted: Mapping[str, str]) -> bool:
    """Whether a resource has all of these tags: how the List operations filter."""
    return wanted.items() <= definition.tags.items()


def _tag_resource(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = _tagged(context, parameters["ResourceArn"])
    definition.tags = checked(definition.tags | parameters["TagsToAdd"])
    return {}


def _untag_resource(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    definition = _tagged(context, parameters["ResourceArn"])
    for key in parameters["TagsToRemove"]:
        definition.tags.pop(key, None)
    return {}


def _get_tags(context: Context, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"Tags": dict(_tagged(context, parameters["ResourceArn"]).tags)}


def _tagged(context: Context, arn: str) -> Definition:
    found = context.place.resource(arn)
    if found is None:
        message = f"{arn} is no ARN of Glue in {context.place.region}"
        raise invalid(message)
    kind, name = found
    definition = _of_kind(context.definitions, kind).get(name)
    if definition is None:
        raise not_found(kind=kind.capitalize(), name=name)
    return definition


def every_tagged(definitions: Definitions) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, name and tags of everything that has tags."""
    kinds = _kinds(definitions).items()
    return [(kind, name, dict(its.tags)) for kind, those in kinds for name, its in those.items() if its.tags]


def _of_kind(definitions: Definitions, kind: str) -> dict[str, Definition]:
    return _kinds(definitions).get(kind, {})


def _kinds(definitions: Definitions) -> dict[str, dict[str, Definition]]:
    return {
        "workflow": definitions.workflows,
        "trigger": definitions.triggers,
        "job": definitions.jobs,
        "crawler": definitions.crawlers,
    }


OPERATIONS: Mapping[str, Operation] = {
    "TagResource": _tag_resource,
    "UntagResource": _untag_resource,
    "GetTags": _get_tags,
}
