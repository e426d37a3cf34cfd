"""Events that wait for their workflow to begin, by workflow.

Comes in: events for workflows, and the time. Goes out: the batches that fire. How they are gathered is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gluedsl import engine
from gluedsl.engine import NO_EVENTS

if TYPE_CHECKING:
    from datetime import datetime

    from gluedsl.engine import BatchFiring, Policies, WaitingEvents
    from gluedsl.model import EventBatching

Batching = Callable[[str], "EventBatching | None"]
"""Says how a workflow gathers events as it stands now; None: it does not."""


class EventBatches:
    """The batch of each workflow that has one."""

    def __init__(self, policies: Policies) -> None:
        self._policies = policies
        self._waiting: dict[str, WaitingEvents] = {}

    def arrived(self, workflow_name: str, event_id: str, at: datetime, batching: EventBatching) -> list[BatchFiring]:
        """Take an event; return the batches that fire by it."""
        waiting = self._waiting.get(workflow_name, NO_EVENTS)
        batched = engine.event_arrived(waiting, event_id, at, batching)
        self._keep(workflow_name, batched.waiting)
        return list(batched.firings)

    def passed(self, now: datetime, batching: Batching) -> list[tuple[str, BatchFiring]]:
        """Take note of the time; return the batches whose window has passed, each with the workflow that it is for."""
        fired: list[tuple[str, BatchFiring]] = []
        for workflow_name, waiting, how in self._heard(batching):
            batched = engine.window_passed(waiting, now, how)
            self._keep(workflow_name, batched.waiting)
            fired += [(workflow_name, firing) for firing in batched.firings]
        return fired

    def next_end(self, batching: Batching) -> datetime | None:
        """Return when the next window passes; None: nothing waits."""
        ends = (engine.window_end(waiting, how) for _, waiting, how in self._heard(batching))
        return min((end for end in ends if end is not None), default=None)

    def run_began(self, workflow_name: str) -> None:
        """Take note that a run of a workflow has begun for another reason than a batch."""
        self._keep(workflow_name, engine.run_began(self._waiting.get(workflow_name, NO_EVENTS), self._policies))

    def forget(self, workflow_name: str) -> None:
        """Forget the events that wait for a workflow."""
        self._waiting.pop(workflow_name, None)

    def _heard(self, batching: Batching) -> list[tuple[str, WaitingEvents, EventBatching]]:
        """Return what waits for a workflow that gathers events; forget the rest, which nobody would look at."""
        heard = []
        for workflow_name, waiting in tuple(self._waiting.items()):
            how = batching(workflow_name)
            if how is None:
                self.forget(workflow_name)
            else:
                heard.append((workflow_name, waiting, how))
        return heard

    def _keep(self, workflow_name: str, waiting: WaitingEvents) -> None:
        if waiting.ids:
            self._waiting[workflow_name] = waiting
        else:
            self.forget(workflow_name)
