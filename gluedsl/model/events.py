"""EventBridge rules that a project makes, so that events start a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def buckets_of(pattern: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the buckets whose own events a pattern names.

    S3 sends them to EventBridge only where the bucket says so
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html).
    """
    source = pattern.get("source")
    if not isinstance(source, list | tuple) or "aws.s3" not in source:
        return ()
    return tuple(sorted(set(_buckets(pattern))))


def _buckets(pattern: Mapping[str, Any]) -> Iterator[str]:
    detail = pattern.get("detail")
    for each in _alternatives(detail) if isinstance(detail, Mapping) else ():
        bucket = each.get("bucket")
        for inner in _alternatives(bucket) if isinstance(bucket, Mapping) else ():
            names = inner.get("name")
            yield from (name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else ()
    for one in pattern.get("$or") or ():
        yield from _buckets(one)


def _alternatives(pattern: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield pattern
    for one in pattern.get("$or") or ():
        yield from _alternatives(one)
