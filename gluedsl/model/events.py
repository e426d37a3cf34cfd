"""EventBridge rules that a project makes, so that events start a workflow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """A rule on the default bus whose only target is a workflow.

    https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
    """

    name: str
    workflow_name: str
    pattern: Mapping[str, Any]
    """An event pattern, as EventBridge writes it."""
    role: str | None
    """What EventBridge assumes to notify the workflow: a role name or ARN, as in `Job.role`."""
    buckets: tuple[str, ...] = ()
    """Buckets that must send their events to EventBridge for the pattern to match anything."""
    tags: Mapping[str, str] = field(default_factory=dict)
