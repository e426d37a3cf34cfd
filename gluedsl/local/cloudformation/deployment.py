"""How a stack comes to be, changes and goes: in order, with its events, and back where something fails.

Comes in: one of moto's stacks, and what it is to become. Goes out: the stack in a status of rest. It works through
one resource after the other, where CloudFormation does what it can at once: any order that holds the dependencies is
one that CloudFormation may take.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html has the statuses,
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html updates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moto.cloudformation.parsing import ResourceMap
from moto.core.utils import utcnow

from gluedsl.local.cloudformation import outputs, resource_types
from gluedsl.local.cloudformation.asked import ASKED
from gluedsl.local.cloudformation.events import BY_USER, became, stack_became
from gluedsl.local.cloudformation.failure import ResourceError, reason
from gluedsl.local.cloudformation.ledger import Resource, ledger, put
from gluedsl.local.cloudformation.making import change, make, remove, require_replaceable, resolved
from gluedsl.local.cloudformation.references import in_order
from gluedsl.local.cloudformation.template import active, needs, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gluedsl.local.cloudformation.ledger import Leaving


@dataclass(slots=True)
class _Journal:
    """What an update has done so far, for the way back."""

    created: list[Resource] = field(default_factory=list)
    changed: list[tuple[Resource, Resource]] = field(default_factory=list)
    """Before and after."""
    replaced: list[tuple[Resource, Resource]] = field(default_factory=list)
    """The old and the new."""


def mapped(stack: Any, template: Mapping[str, Any], parameters: Mapping[str, Any]) -> Any:
    """Return moto's map of what a stack would be with this template, with what there is; or refuse the template."""
    resource_map = ResourceMap(
        stack.stack_id,
        stack.name,
        dict(parameters),
        stack.tags,
        account_id=stack.account_id,
        region_name=stack.region_name,
        template=template,
        cross_stack_resources=outputs.backend_of(stack).exports,
    )
    resource_map.load()
    for resource in ledger(stack).resources.values():
        put(resource_map, resource)
    return resource_map


def create(stack: Any) -> None:
    """Make all resources of a stack; in place of moto's `Stack.create_resources`."""
    stack.description = stack.template_dict.get("Description")
    stack.resource_map = resource_map = mapped(stack, stack.template_dict, stack.parameters)
    stack_became(stack, "CREATE_IN_PROGRESS", BY_USER)
    book = ledger(stack)
    doing = ""
    try:
        bodies = active(resource_map)
        for doing in in_order(needs(resource_map)):
            resource = make(stack, resource_map, doing, bodies[doing], replaced=None)
            book.resources[doing] = resource
            put(resource_map, resource)
        doing = ""
        outputs.publish(stack, resource_map)
    except ResourceError as error:
        why = f"The following resource(s) failed to create: [{doing}]. " if doing else f"{_sentence(error)} "
        _back_to_nothing(stack, why)
        return
    stack_became(stack, "CREATE_COMPLETE")


def _sentence(error: ResourceError) -> str:
    return f"{str(error).removesuffix('.')}."


def _back_to_nothing(stack: Any, why: str) -> None:
    if ASKED.get().on_failure == "DO_NOTHING":
        stack_became(stack, "CREATE_FAILED", why.strip())
        return
    told = f"{why}Rollback requested by user."
    stack_became(stack, "ROLLBACK_IN_PROGRESS", told)
    left = _removed(stack, reversed(tuple(ledger(stack).resources.values())), "undone")
    if left:
        stack_became(stack, "ROLLBACK_FAILED", f"The following resource(s) failed to delete: [{', '.join(left)}].")
        return
    stack_became(stack, "ROLLBACK_COMPLETE")
    stack.status_reason = told  # https://github.com/aws-samples/aws-serverless-workshops/issues/210
    if ASKED.get().on_failure == "DELETE":
        outputs.backend_of(stack).delete_stack(stack.stack_id)


def update(stack: Any, template: str, parameters: dict[str, Any], tags: dict[str, str] | None) -> None:
    """Let a stack become what a template says; it has been checked that the template is one."""
    parsed = parse(template)
    resource_map = mapped(stack, parsed, parameters)
    before = stack.tags
    stack.tags = before if tags is None else tags
    stack_became(stack, "UPDATE_IN_PROGRESS", BY_USER)
    journal, doing = _Journal(), ""
    try:
        bodies = active(resource_map)
        for doing in in_order(needs(resource_map)):
            _bring(stack, resource_map, doing, bodies[doing], journal)
        doing = ""
        outputs.publish(stack, resource_map)
    except ResourceError as error:
        is_new = doing not in ledger(stack).resources
        verb = "create" if is_new else "update"
        why = f"The following resource(s) failed to {verb}: [{doing}]." if doing else _sentence(error)
        _back(stack, resource_map, journal, why, before)
        return
    stack.resource_map, stack.template, stack.template_dict, stack.parameters = (
        resource_map,
        template,
        parsed,
        parameters,
    )
    stack.description = parsed.get("Description")
    stack.last_updated_time = utcnow()
    _clean_up(stack, journal, bodies)


def _bring(stack: Any, resource_map: Any, logical_id: str, body: dict[str, Any], journal: _Journal) -> None:
    """Let one resource become what the new template says."""
    book = ledger(stack)
    before = book.resources.get(logical_id)
    if before is None:
        after = make(stack, resource_map, logical_id, body, replaced=None)
        journal.created.append(after)
    else:
        given = _given(stack, resource_map, logical_id, body, before)
        if before.cf_resource_type == body["Type"] and given == before.properties:
            before.body = body
            return
        if before.cf_resource_type != body["Type"] or resource_types.replacing(body["Type"], before.properties, given):
            if before.cf_resource_type == body["Type"]:
                require_replaceable(stack, before, given)
            after = make(stack, resource_map, logical_id, body, replaced=before)
            journal.replaced.append((before, after))
        else:
            after = change(stack, resource_map, before, body, given)
            journal.changed.append((before, after))
    book.resources[logical_id] = after
    put(resource_map, after)


def _given(stack: Any, resource_map: Any, logical_id: str, body: dict[str, Any], before: Resource) -> dict[str, Any]:
    try:
        return resolved(resource_map, logical_id, body, stack.tags)
    except Exception as error:  # moto's resolution of functions raises whatever comes to it
        became(stack, before, "UPDATE_IN_PROGRESS")
        became(stack, before, "UPDATE_FAILED", reason(error))
        raise ResourceError(reason(error)) from error


def _clean_up(stack: Any, journal: _Journal, bodies: Mapping[str, Any]) -> None:
    """Take away what the new template has no more. What cannot be deleted is told, and left."""
    book = ledger(stack)
    stack_became(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    old = [before for before, _ in reversed(journal.replaced)]
    _removed(stack, old, "replaced")
    gone = [each for each in reversed(tuple(book.resources.values())) if each.logical_resource_id not in bodies]
    for resource in _after_those_that_need_them(gone):
        del book.resources[resource.logical_resource_id]
    _removed(stack, _after_those_that_need_them(gone))
    stack_became(stack, "UPDATE_COMPLETE")


def _back(stack: Any, resource_map: Any, journal: _Journal, why: str, tags: dict[str, str]) -> None:
    """Undo an update, as far as it came."""
    book = ledger(stack)
    if ASKED.get().on_failure == "DO_NOTHING":
        stack_became(stack, "UPDATE_FAILED", why)
        return
    stack_became(stack, "UPDATE_ROLLBACK_IN_PROGRESS", why)
    stack.tags = tags
    try:
        for before, after in reversed(journal.changed):
            restored = change(stack, resource_map, after, before.body, before.properties)
            restored.depends_on = before.depends_on
            book.resources[before.logical_resource_id] = restored
    except ResourceError as error:
        stack_became(stack, "UPDATE_ROLLBACK_FAILED", str(error))
        return
    for before, _ in journal.replaced:
        book.resources[before.logical_resource_id] = before
    stack_became(stack, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
    for resource in journal.created:
        book.resources.pop(resource.logical_resource_id, None)
    made = [*journal.created, *(after for _, after in journal.replaced)]
    _removed(stack, _after_those_that_need_them(made), "undone")
    stack_became(stack, "UPDATE_ROLLBACK_COMPLETE")
    stack.status_reason = why


def delete(stack: Any) -> None:
    """Take all resources of a stack away; in place of moto's `Stack.delete`."""
    book = ledger(stack)
    stack_became(stack, "DELETE_IN_PROGRESS", BY_USER)
    left = _removed(stack, _after_those_that_need_them(book.resources.values()))
    if left:
        why = f"The following resource(s) failed to delete: [{', '.join(left)}]. "
        stack_became(stack, "DELETE_FAILED", why)
        return
    outputs.withdraw(stack)
    stack.deletion_time = utcnow()
    stack_became(stack, "DELETE_COMPLETE")


def _after_those_that_need_them(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Return resources in an order in which they can be deleted."""
    by_id = {each.logical_resource_id: each for each in resources}
    order = in_order({name: each.depends_on for name, each in by_id.items()})
    return tuple(by_id[name] for name in reversed(order))


def _removed(stack: Any, resources: Iterable[Resource], why: Leaving = "gone") -> list[str]:
    """Take resources away; return the logical ids of those that could not be. What these need stays, too."""
    book, left, staying = ledger(stack), list[str](), list[Resource]()
    for resource in resources:
        if why != "replaced" and any(resource.logical_resource_id in each.depends_on for each in staying):
            staying.append(resource)
            continue
        try:
            remove(stack, resource, why)
        except ResourceError:
            left.append(resource.logical_resource_id)
            staying.append(resource)
        else:
            if book.resources.get(resource.logical_resource_id) is resource:
                del book.resources[resource.logical_resource_id]
    return left
