"""What begins without being asked for: by a schedule, or by events.

Comes in: the time, and events. Goes out: runs of workflows, triggers that fire, crawls: the driver begins them.
Whatever was due by a moment has begun after `catch_up` at that moment; nothing begins twice.
All methods are called under the service's lock.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from gluedsl import engine
from gluedsl.local.service import answers
from gluedsl.local.service.failure import ServiceError
from gluedsl.spelling import trigger_from_api

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gluedsl.engine import BatchFiring, Policies
    from gluedsl.local.clock import Clock
    from gluedsl.local.driver import Driver
    from gluedsl.local.service.definitions import Definitions
    from gluedsl.local.timetable import Appointment, Timetable
    from gluedsl.model import EventBatching, Trigger

log = logging.getLogger(__name__)

_LATEST = timedelta(minutes=5)
"""By how much a schedule may be late: one that the machine has slept through is not made up for. No schedule fires more
often than that (https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html)."""


class Beginnings:
    """The schedules and the waiting events of one local Glue."""

    def __init__(
        self,
        *,
        definitions: Definitions,
        driver: Driver,
        clock: Clock,
        policies: Policies,
        timetable: Timetable | None,
    ) -> None:
        """None as the timetable: schedules are kept and shown, and nothing begins by them."""
        self._definitions = definitions
        self._driver = driver
        self._clock = clock
        self._policies = policies
        self._timetable = timetable
        self._seen = clock()
        """Everything due by then has begun."""
        self.due: datetime | None = None
        """When something begins next, as things stand; None: nothing does."""

    def changed(self) -> None:
        """Take note that definitions have changed, or that events wait."""
        self.due = self._next_due()

    def catch_up(self) -> None:
        """Begin everything that is due by now."""
        now = self._clock()
        while self.due is not None and self.due <= now:
            # A clock that was set back does not let the same moment come twice.
            after, self._seen = self._seen, max(self._seen, self.due)
            self._begin(after, self.due, now)
            self.due = self._next_due()
        self._seen = max(self._seen, now)

    def notify(self, workflow_name: str, event_id: str) -> None:
        """Take an event for a workflow; one that has no EVENT trigger ignores it."""
        trigger = self._event_trigger(workflow_name)
        if trigger is None:
            log.info("workflow %s has no EVENT trigger: event %s is lost", workflow_name, event_id)
            return
        firings = self._driver.batches.arrived(workflow_name, event_id, self._clock(), engine.batching_of(trigger))
        for firing in firings:
            self._fire(workflow_name, firing)

    def _next_due(self) -> datetime | None:
        ends = [self._driver.batches.next_end(self._batching)]
        if self._timetable is not None:
            ends.append(self._timetable.next_after(self._seen))
        return min((end for end in ends if end is not None), default=None)

    def _begin(self, after: datetime, moment: datetime, now: datetime) -> None:
        for workflow_name, firing in self._driver.batches.passed(moment, self._batching):
            self._fire(workflow_name, firing)
        if self._timetable is None:
            return
        # What begins may change what is defined; all that fires at this moment is found before.
        for appointment in tuple(self._timetable.between(after, moment)):
            if now - appointment.at > _LATEST:
                log.warning("%s was due at %s and is not made up for", appointment.name, appointment.at.isoformat())
            else:
                self._keep(appointment)

    def _keep(self, appointment: Appointment) -> None:
        match appointment.kind:
            case "WORKFLOW":
                self._try(
                    lambda: self._driver.start_run(
                        appointment.workflow_name, {}, start="SCHEDULE", trigger=appointment.name
                    ),
                    appointment.name,
                )
            case "TRIGGER":
                self._try(lambda: self._driver.fire_standalone(appointment.name), appointment.name)
            case "CRAWLER" if self._driver.crawler_state(appointment.name) == "READY":
                self._try(lambda: self._driver.start_crawl(appointment.name), appointment.name)
            case "CRAWLER":
                log.warning("crawler %s is running: its schedule starts nothing", appointment.name)

    def _fire(self, workflow_name: str, firing: BatchFiring) -> None:
        trigger = self._event_trigger(workflow_name)
        if trigger is not None:
            properties = firing.properties(self._policies)
            self._try(
                lambda: self._driver.start_run(workflow_name, properties, start="EVENT", trigger=trigger.name),
                trigger.name,
            )

    def _try(self, begin: Callable[[], object], name: str) -> None:
        """Begin something for nobody: what Glue would answer a caller goes to the log."""
        try:
            begin()
        except ServiceError as error:
            log.warning("%s starts nothing: %s", name, error.message)

    def _batching(self, workflow_name: str) -> EventBatching | None:
        trigger = self._event_trigger(workflow_name)
        return None if trigger is None else engine.batching_of(trigger)

    def _event_trigger(self, workflow_name: str) -> Trigger | None:
        if workflow_name not in self._definitions.workflows:
            return None
        for definition in self._definitions.triggers_of(workflow_name):
            if definition.payload["Type"] == "EVENT":
                return trigger_from_api(answers.trigger(definition))
        return None
