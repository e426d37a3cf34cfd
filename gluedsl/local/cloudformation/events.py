"""What happens to a stack, as `DescribeStackEvents` tells it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from moto.cloudformation.models import Event
from moto.moto_api._internal import mock_random

from gluedsl.local.cloudformation.ledger import ledger

if TYPE_CHECKING:
    from gluedsl.local.cloudformation.ledger import Resource

BY_USER = "User Initiated"
_MILLISECOND = timedelta(milliseconds=1)
_BEGINNINGS = frozenset(
    {
        "CREATE_IN_PROGRESS",
        "DELETE_IN_PROGRESS",
        "REVIEW_IN_PROGRESS",
        "ROLLBACK_IN_PROGRESS",
        "UPDATE_IN_PROGRESS",
        "UPDATE_ROLLBACK_IN_PROGRESS",
    }
)
"""The statuses in which a stack begins an operation: the way back is one of its own.

ROLLBACK is a type of operation: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_OperationEntry.html.
The CDK's command line tells by that which failures are of the last deployment.
"""


def stack_became(stack: Any, status: str, reason: str | None = None) -> None:
    """Give a stack a status, and tell of it."""
    if status in _BEGINNINGS:
        ledger(stack).operation = str(mock_random.uuid4())
    stack.status = status
    stack.status_reason = reason
    stack._add_stack_event(status, resource_status_reason=reason)  # noqa: SLF001 -- moto has no other way
    _finish(stack)


def became(stack: Any, resource: Resource, status: str, reason: str | None = None) -> None:
    """Give a resource a status, and tell of it."""
    resource.resource_status, resource.resource_status_reason = status, reason
    physical_id = "" if status.startswith("CREATE") and resource.model is None else resource.physical_resource_id
    event = Event(
        stack_id=stack.stack_id,
        stack_name=stack.name,
        logical_resource_id=resource.logical_resource_id,
        physical_resource_id=physical_id,
        resource_type=resource.cf_resource_type,
        resource_status=status,
        resource_status_reason=reason,
        resource_properties=json.dumps(resource.properties, default=str),
    )
    event.sendToSns(stack.account_id, stack.region_name, stack.notification_arns)
    stack.events.append(event)
    _finish(stack)
    resource.timestamp = event.timestamp


def _finish(stack: Any) -> None:
    """Say of which operation the last event is.

    And let it be a millisecond after the one before it: by their times readers put them in order.
    """
    *_, last = stack.events
    last.operation_id = ledger(stack).operation
    last.timestamp = last.timestamp.replace(microsecond=last.timestamp.microsecond // 1000 * 1000)
    if len(stack.events) > 1:
        last.timestamp = max(last.timestamp, stack.events[-2].timestamp + _MILLISECOND)
