"""Events of an EVENT trigger, gathered until there are enough of them or the first has waited long enough.

Comes in: the batch so far, and an event or the time. Goes out: the batch that waits from now on, and those that fire.
"Either the number of events in the batch size arrived ... or the batch window expired"
(https://docs.aws.amazon.com/glue/latest/webapi/API_StartingEventBatchCondition.html); "Window starts when first event
is received" (https://docs.aws.amazon.com/glue/latest/webapi/API_EventBatchingCondition.html).
What fires is a start of the workflow like any other: `admit` with EVENT says what becomes of it, and a batch that is
over the limit is lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from gluedsl.engine.policies import DEFAULTS
from gluedsl.model import EventBatching

if TYPE_CHECKING:
    from datetime import datetime

    from gluedsl.engine.policies import Policies
    from gluedsl.model import Trigger

EVENT_IDS = "aws:eventIds"
"""The run property that names the events: https://docs.aws.amazon.com/glue/latest/dg/viewing-start-event-info.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEvents:
    """Events that wait; the empty batch has no first one."""

    ids: tuple[str, ...] = ()
    since: datetime | None = None
    """When the first of them arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFiring:
    """A batch that fires its trigger."""

    ids: tuple[str, ...]
    at: datetime
    by: Literal["SIZE", "WINDOW"]
    """Whether enough events arrived, or the window passed."""

    def properties(self, policies: Policies = DEFAULTS) -> dict[str, str]:
        """Return the run properties that the run begins with."""
        return {EVENT_IDS: json.dumps(list(self.ids)) if policies.event_ids == "json" else ",".join(self.ids)}


class Batched(NamedTuple):
    """The batch that waits from now on, and what fires."""

    waiting: WaitingEvents
    firings: tuple[BatchFiring, ...] = ()


NO_EVENTS = WaitingEvents()


def batching_of(trigger: Trigger) -> EventBatching:
    """Return how a trigger gathers events: one by one, unless it says otherwise."""
    return trigger.event_batching or EventBatching()


def event_arrived(waiting: WaitingEvents, event_id: str, at: datetime, batching: EventBatching) -> Batched:
    """Take an event. The same id twice is two events: nothing is de-duplicated."""
    waiting, firings = window_passed(waiting, at, batching)
    waiting = WaitingEvents(ids=(*waiting.ids, event_id), since=waiting.since or at)
    if len(waiting.ids) < batching.batch_size:
        return Batched(waiting, firings)
    return Batched(NO_EVENTS, (*firings, BatchFiring(ids=waiting.ids, at=at, by="SIZE")))


def window_passed(waiting: WaitingEvents, now: datetime, batching: EventBatching) -> Batched:
    """Take note of the time: a batch whose window has passed fires, at the moment at which it did."""
    end = window_end(waiting, batching)
    if end is None or now < end:
        return Batched(waiting)
    return Batched(NO_EVENTS, (BatchFiring(ids=waiting.ids, at=end, by="WINDOW"),))


def window_end(waiting: WaitingEvents, batching: EventBatching) -> datetime | None:
    """Return when a batch fires at the latest; None: nothing waits."""
    return None if waiting.since is None else waiting.since + timedelta(seconds=batching.batch_window_seconds)


def run_began(waiting: WaitingEvents, policies: Policies = DEFAULTS) -> WaitingEvents:
    """Return what still waits after a run of the workflow has begun for another reason than this batch."""
    return waiting if policies.events_batch == "new_batch" else NO_EVENTS
