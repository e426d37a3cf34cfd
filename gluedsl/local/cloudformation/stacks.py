"""Stacks as requests meet them: what stands in the place of functions of moto's `CloudFormationBackend`.

Comes in: what moto's responses have read from a request. Goes out: a stack, at rest; or CloudFormation's refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.cloudformation.exceptions import AlreadyExistsException
from moto.cloudformation.models import Stack
from moto.cloudformation.utils import generate_stack_id
from moto.core.utils import utcnow

from gluedsl.local.cloudformation import deployment, outputs
from gluedsl.local.cloudformation.changes import changes
from gluedsl.local.cloudformation.events import stack_became
from gluedsl.local.cloudformation.failure import ResourceError, refused
from gluedsl.local.cloudformation.template import parse, require_acknowledged

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAN_CHANGE = frozenset(
    {"CREATE_COMPLETE", "CREATE_FAILED", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_COMPLETE"}
)
IN_REVIEW = "REVIEW_IN_PROGRESS"


def find(backend: Any, name_or_id: str) -> Any:
    """Return a stack that has not been deleted; None: there is none."""
    for stack in backend.stacks.values():
        if name_or_id in {stack.name, stack.stack_id}:
            return stack
    return None


def create_stack(backend: Any, *, name: str, **given: Any) -> Any:
    """Create a stack with all that is in it; what fails is told by its status. `given` is what moto's `Stack` takes."""
    if find(backend, name) is not None:
        message = f"Stack [{name}] already exists"
        raise AlreadyExistsException(message)
    require_acknowledged(parse(given["template"]))
    stack = Stack(
        stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
        name=name,
        account_id=backend.account_id,
        region_name=backend.region_name,
        cross_stack_resources=backend.exports,
        **given,
    )
    backend.stacks[stack.stack_id] = stack
    stack.create_resources()
    return stack


def update_stack(
    backend: Any,
    *,
    name: str,
    template: str,
    role_arn: str | None,
    parameters: list[dict[str, Any]],
    tags: dict[str, str] | None,
) -> Any:
    """Change a stack; what fails is told by its status, that nothing would change by a refusal."""
    stack = find(backend, name)
    if stack is None:
        message = f"Stack [{name}] does not exist"
        raise refused(message)
    require_changeable(stack)
    require_acknowledged(parse(template))
    given = backend._resolve_update_parameters(instance=stack, incoming_params=parameters)  # noqa: SLF001 -- moto's own caller does
    if is_same(stack, template, given, tags):
        message = "No updates are to be performed."
        raise refused(message)
    stack.role_arn = role_arn or stack.role_arn
    deployment.update(stack, template, given, tags)
    return stack


def is_same(stack: Any, template: str, parameters: dict[str, Any], tags: dict[str, str] | None) -> bool:
    """Whether an update would change nothing."""
    parsed = parse(template)
    told = parsed.get("Outputs") or {}
    same_rest = told == (stack.template_dict.get("Outputs") or {}) and tags in (None, stack.tags)
    return not changes(stack, parsed, parameters, tags) and same_rest


def require_changeable(stack: Any) -> None:
    """Refuse to change a stack that can only be deleted."""
    if stack.status not in _CAN_CHANGE:
        message = f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated."
        raise refused(message)


def delete_stack(backend: Any, name_or_stack_id: str) -> None:
    """Delete a stack; that there is none is as good. What fails is told by its status, and the stack stays."""
    stack = find(backend, name_or_stack_id)
    if stack is None:
        return
    if stack.enable_termination_protection:
        # https://github.com/ekristen/aws-nuke/issues/821
        message = f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
        raise refused(message)
    try:
        outputs.require_unused(stack)
    except ResourceError as error:
        # It stays what it is: https://github.com/rlister/stax/issues/40
        stack_became(stack, stack.status, str(error))
        return
    stack.delete()
    if stack.status != "DELETE_COMPLETE":
        return
    del backend.stacks[stack.stack_id]
    backend.deleted_stacks[stack.stack_id] = stack
    for change_set_id in [key for key, each in backend.change_sets.items() if each.stack_id == stack.stack_id]:
        del backend.change_sets[change_set_id]


def reviewed(backend: Any, name: str, given: Mapping[str, Any]) -> Any:
    """Return the stack that a change set is to create: one that nothing is in yet."""
    stack = find(backend, name)
    if stack is not None:
        return stack
    stack = Stack(
        stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
        name=name,
        template={},
        parameters=given["parameters"],
        account_id=backend.account_id,
        region_name=backend.region_name,
        notification_arns=given["notification_arns"],
        tags=given["tags"],
        role_arn=given["role_arn"],
        cross_stack_resources=backend.exports,
    )
    backend.stacks[stack.stack_id] = stack
    stack.creation_time = utcnow()
    stack_became(stack, IN_REVIEW, "User Initiated")
    return stack
