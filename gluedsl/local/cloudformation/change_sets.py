"""Change sets: made, found by stack and name, carried out, taken away.

moto finds a change set by its name alone, and the CDK's command line gives all of them one name.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.cloudformation.exceptions import AlreadyExistsException
from moto.cloudformation.models import ChangeSet
from moto.cloudformation.utils import generate_changeset_id, validate_create_change_set

from gluedsl.local.cloudformation import deployment
from gluedsl.local.cloudformation.changes import Change, changes
from gluedsl.local.cloudformation.failure import refused
from gluedsl.local.cloudformation.stacks import IN_REVIEW, find, is_same, require_changeable, reviewed
from gluedsl.local.cloudformation.template import parse, require_acknowledged

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."


def parsed(change_set: Any) -> None:
    """Read the template of a change set; in place of moto's `ChangeSet._parse_template`."""
    change_set.template_dict = parse(change_set.template)


def differing(change_set: Any) -> list[Change]:
    """Return what a change set would change; in place of moto's `ChangeSet.diff`."""
    return changes(change_set.stack, change_set.template_dict, change_set.parameters, change_set.tags)


def create_change_set(
    backend: Any, *, stack_name: str, change_set_name: str, change_set_type: str, **given: Any
) -> tuple[str, str]:
    """Make a change set, and the stack that it is to create, if it is to; return the ids of both.

    `given` is what moto's `ChangeSet` takes: template, parameters, description, tags, notification_arns and role_arn.
    """
    validate_create_change_set(change_set_name)
    require_acknowledged(parse(given["template"]))
    is_new = find(backend, stack_name) is None
    stack = _stack_for(backend, stack_name, change_set_name, change_set_type, given)
    if _lookup(backend, change_set_name, stack.stack_id) is not None:
        message = f"ChangeSet {change_set_name} already exists"
        raise AlreadyExistsException(message)
    try:
        change_set = ChangeSet(
            change_set_type=change_set_type,
            change_set_id=generate_changeset_id(change_set_name, backend.region_name, backend.account_id),
            change_set_name=change_set_name,
            stack=stack,
            **given,
        )
    except BaseException:
        if is_new:
            del backend.stacks[stack.stack_id]
        raise
    change_set.status, change_set.execution_status = "CREATE_COMPLETE", "AVAILABLE"
    if change_set_type == "UPDATE" and is_same(stack, given["template"], given["parameters"], given["tags"]):
        change_set.status, change_set.execution_status = "FAILED", "UNAVAILABLE"
        change_set.status_reason = _NOTHING
    backend.change_sets[change_set.change_set_id] = change_set
    return change_set.change_set_id, stack.stack_id


def _stack_for(backend: Any, stack_name: str, name: str, change_set_type: str, given: Mapping[str, Any]) -> Any:
    stack = find(backend, stack_name)
    if change_set_type == "UPDATE":
        if stack is None or stack.status == IN_REVIEW:
            raise _no_stack(stack_name)
        require_changeable(stack)
        return stack
    if stack is not None and stack.status != IN_REVIEW:
        message = f"Stack [{stack_name}] already exists and cannot be created again with the changeSet [{name}]."
        raise refused(message)
    return reviewed(backend, stack_name, given)


def found(backend: Any, change_set_name: str, stack_name: str | None) -> Any:
    """Return a change set by its ARN, or by its name and stack; or refuse."""
    change_set = backend.change_sets.get(change_set_name)
    if change_set is None and stack_name is not None:
        stack = find(backend, stack_name)
        if stack is None:
            raise _no_stack(stack_name)
        change_set = _lookup(backend, change_set_name, stack.stack_id)
    if change_set is None:
        message = f"ChangeSet [{change_set_name}] does not exist"
        raise refused(message, code="ChangeSetNotFound")
    return change_set


def _no_stack(name: str) -> Exception:
    return refused(f"Stack [{name}] does not exist")


def _lookup(backend: Any, name: str, stack_id: str) -> Any:
    for change_set in backend.change_sets.values():
        if change_set.change_set_name == name and change_set.stack_id == stack_id:
            return change_set
    return None


def of_stack(backend: Any, stack_name: str | None) -> list[Any]:
    """Return the change sets of a stack."""
    stack = find(backend, stack_name) if stack_name is not None else None
    return [each for each in backend.change_sets.values() if stack is None or each.stack_id == stack.stack_id]


def forget(backend: Any, change_set_name: str, stack_name: str | None) -> None:
    """Take a change set away; that there is none is as good, as long as there is its stack."""
    if change_set_name not in backend.change_sets and stack_name is not None:
        stack = find(backend, stack_name)
        if stack is None:
            raise _no_stack(stack_name)
        change_set = _lookup(backend, change_set_name, stack.stack_id)
        change_set_name = "" if change_set is None else change_set.change_set_id
    backend.change_sets.pop(change_set_name, None)


def execute(backend: Any, change_set_name: str, stack_name: str | None) -> None:
    """Carry a change set out; what fails is told by the status of its stack."""
    change_set = found(backend, change_set_name, stack_name)
    if change_set.execution_status != "AVAILABLE":
        # https://github.com/aws/amazon-chime-sdk-js/issues/1089
        status = f"execution status of [{change_set.execution_status}]"
        message = f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current {status}"
        raise refused(message, code="InvalidChangeSetStatus")
    stack = change_set.stack
    stack.change_set_id = change_set.change_set_id
    if change_set.change_set_type == "CREATE":
        stack.template, stack.template_dict = change_set.template, change_set.template_dict
        stack.parameters = change_set.parameters
        stack.tags = change_set.tags or {}
        deployment.create(stack)
        succeeded = stack.status == "CREATE_COMPLETE"
    else:
        require_changeable(stack)
        deployment.update(stack, change_set.template, change_set.parameters, change_set.tags)
        succeeded = stack.status == "UPDATE_COMPLETE"
    change_set.execution_status = "EXECUTE_COMPLETE" if succeeded else "EXECUTE_FAILED"
    for other in of_stack(backend, stack.stack_id):
        if other.execution_status == "AVAILABLE":
            other.execution_status = "OBSOLETE"
