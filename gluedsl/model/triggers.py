"""Triggers, in the terms of `CreateTrigger`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

TriggerType = Literal["ON_DEMAND", "SCHEDULED", "CONDITIONAL", "EVENT"]
ACTIVATABLE: frozenset[str] = frozenset({"SCHEDULED", "CONDITIONAL"})
"""Types of trigger that can be active; the others stay CREATED
(https://docs.aws.amazon.com/glue/latest/dg/activate-triggers.html)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The end of one watched job or crawler."""

    job_name: str | None = None
    crawler_name: str | None = None
    state: str | None = None
    """Of a job: SUCCEEDED, STOPPED, FAILED or TIMEOUT."""
    crawl_state: str | None = None
    """Of a crawler: SUCCEEDED, FAILED or CANCELLED."""
    logical_operator: str | None = "EQUALS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What a conditional trigger waits for: `AND`, all conditions, or `ANY`, one of them."""

    logical: str | None = "AND"
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One job or crawler that a trigger starts; all but the crawler's name concern a job."""

    job_name: str | None = None
    crawler_name: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    """With their leading `--`; they override the job's defaults key by key."""
    timeout_minutes: int | None = None
    security_configuration: str | None = None
    notify_delay_after_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBatching:
    """How many events, or how many seconds after the first, make an EVENT trigger fire."""

    batch_size: int = 1
    batch_window_seconds: int = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What starts jobs and crawlers, and when."""

    name: str
    type: TriggerType
    actions: tuple[Action, ...] = ()
    schedule: str | None = None
    """`cron(...)`, in UTC."""
    predicate: Predicate | None = None
    event_batching: EventBatching | None = None
    description: str | None = None
    enabled: bool = True
    """Whether a SCHEDULED or CONDITIONAL trigger is to be activated; says nothing of the other types."""
    tags: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Members of `CreateTrigger` that have no field here, in the API's own spelling."""

    @property
    def is_start(self) -> bool:
        """Whether a run of the workflow begins with this trigger."""
        return self.type != "CONDITIONAL"

    @property
    def can_be_active(self) -> bool:
        """Whether there is anything to activate."""
        return self.type in ACTIVATABLE

    @property
    def wants_activation(self) -> bool:
        """Whether it is to be active once it is deployed."""
        return self.enabled and self.can_be_active
