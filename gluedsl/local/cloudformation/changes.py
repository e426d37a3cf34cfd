"""What an update would do, without doing it: the changes that a change set shows.

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gluedsl.local.cloudformation import deployment, resource_types
from gluedsl.local.cloudformation.failure import ResourceError
from gluedsl.local.cloudformation.ledger import ledger
from gluedsl.local.cloudformation.making import resolved
from gluedsl.local.cloudformation.references import in_order
from gluedsl.local.cloudformation.template import active, needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.local.cloudformation.ledger import Resource

LATER = "{{changeSet:KNOWN_AFTER_APPLY}}"
"""What stands for a name that is not there yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One resource of a change set; the names are those that moto looks for."""

    action: str
    logical_resource_id: str
    physical_resource_id: str | None
    resource_type: str
    replacement: str | None = None
    scope: tuple[str, ...] = ()
    details: tuple[Mapping[str, Any], ...] = ()


class _Later:
    """A resource that is not there yet, where others refer to it."""

    physical_resource_id = LATER

    def get_cfn_attribute(self, attribute: str) -> str:  # noqa: ARG002 -- moto's
        return LATER


def changes(
    stack: Any, template: Mapping[str, Any], parameters: Mapping[str, Any], tags: Mapping[str, str] | None
) -> list[Change]:
    """Return what would change: first what is added and changed, in the template's order, then what is taken away."""
    resource_map = deployment.mapped(stack, template, parameters)
    bodies, book = active(resource_map), ledger(stack).resources
    stack_tags = stack.tags if tags is None else tags
    found: dict[str, Change] = {}
    for logical_id in in_order(needs(resource_map)):
        before = book.get(logical_id)
        change = _change(resource_map, logical_id, bodies[logical_id], before, stack_tags)
        if change is not None:
            found[logical_id] = change
            if change.replacement != "False":
                _put_later(resource_map, logical_id)
    return [*(found[name] for name in bodies if name in found), *_removals(book, bodies)]


def _change(
    resource_map: Any, logical_id: str, body: Mapping[str, Any], before: Resource | None, tags: Mapping[str, str]
) -> Change | None:
    kind = body["Type"]
    if before is None:
        return Change(action="Add", logical_resource_id=logical_id, physical_resource_id=None, resource_type=kind)
    try:
        given = resolved(resource_map, logical_id, body, tags)
    except ResourceError:
        given = dict(body.get("Properties", {}))  # it will be refused when it is deployed, as CloudFormation does it
    if kind == before.cf_resource_type and given == before.properties:
        return None
    paths = resource_types.replacing(kind, before.properties, given)
    names = sorted(name for name in {*given, *before.properties} if given.get(name) != before.properties.get(name))
    replacement = "True" if kind != before.cf_resource_type else _replacement(paths, given)
    return Change(
        action="Modify",
        logical_resource_id=logical_id,
        physical_resource_id=before.physical_resource_id,
        resource_type=kind,
        replacement=replacement,
        scope=tuple(sorted({"Tags" if name == "Tags" else "Properties" for name in names})),
        details=tuple(_details(names, paths, given)),
    )


def _replacement(paths: tuple[str, ...], given: Mapping[str, Any]) -> str:
    if not paths:
        return "False"
    return "Conditional" if all(_is_later(given, path) for path in paths) else "True"


def _details(names: list[str], paths: tuple[str, ...], given: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in names:
        recreating = [path for path in paths if path.partition(".")[0] == name]
        recreation = "Never" if not recreating else "Always"
        if recreating and all(_is_later(given, path) for path in recreating):
            recreation = "Conditionally"
        target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": recreation}
        if name == "Tags":
            target = {"Attribute": "Tags", "RequiresRecreation": recreation}
        is_static = LATER not in str(given.get(name))
        yield {
            "Target": target,
            "Evaluation": "Static" if is_static else "Dynamic",
            "ChangeSource": "DirectModification" if is_static else "ResourceReference",
        }


def _is_later(given: Mapping[str, Any], path: str) -> bool:
    return LATER in str(given.get(path.partition(".")[0]))


def _put_later(resource_map: Any, logical_id: str) -> None:
    resource_map._parsed_resources[logical_id] = _Later()  # noqa: SLF001 -- moto has no other way


def _removals(book: Mapping[str, Resource], bodies: Mapping[str, Any]) -> Iterator[Change]:
    for logical_id, resource in book.items():
        if logical_id not in bodies:
            yield Change(
                action="Remove",
                logical_resource_id=logical_id,
                physical_resource_id=resource.physical_resource_id,
                resource_type=resource.cf_resource_type,
            )
