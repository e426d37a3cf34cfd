"""When schedules fire: those of triggers, in workflows and outside of them, and those of crawlers.

Comes in: what is defined now, and two moments. Goes out: what fires between the two. Starts nothing.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from gluedsl import engine
from gluedsl.model import Trigger, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from gluedsl.engine import Policies, Tick
    from gluedsl.local.service.definitions import Definitions

Kind = Literal["WORKFLOW", "TRIGGER", "CRAWLER"]
"""What begins: a run of a workflow, a trigger outside of any, or a crawl."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A schedule fires."""

    at: datetime
    kind: Kind
    name: str
    """Of the trigger or the crawler."""
    workflow_name: str


class _Schedule(NamedTuple):
    """A schedule as it stands now."""

    kind: Kind
    name: str
    workflow_name: str
    expression: str
    is_on: bool


class Timetable:
    """Looked at anew each time: what is defined may have changed."""

    def __init__(self, definitions: Definitions, policies: Policies) -> None:
        self._definitions = definitions
        self._policies = policies
        self._next: dict[_Schedule, datetime | None] = {}
        """When each schedule fires first after the moment that was asked for last; None: never again."""

    def next_after(self, moment: datetime) -> datetime | None:
        """Return the first moment later than this one at which a schedule fires; None: there is none.

        Moments are asked for in their order.
        """
        before = self._next
        self._next = {each: self._first(each, moment, before) for each in self._schedules()}
        return min((first for first in self._next.values() if first is not None), default=None)

    def between(self, after: datetime, until: datetime) -> Iterator[Appointment]:
        """Yield what fires later than `after` and not later than `until`, in order."""
        return heapq.merge(
            *(
                _appointments(kind, engine.ticks([flow], after=after, until=until, policies=self._policies))
                for (kind, _), flow in self._flows(self._schedules()).items()
            ),
            key=lambda appointment: appointment.at,
        )

    def _first(
        self, schedule: _Schedule, moment: datetime, known: Mapping[_Schedule, datetime | None]
    ) -> datetime | None:
        if schedule in known and ((first := known[schedule]) is None or first > moment):
            return first
        (flow,) = self._flows([schedule]).values()
        return engine.next_tick([flow], after=moment, policies=self._policies)

    def _schedules(self) -> Iterator[_Schedule]:
        """Yield the schedules of triggers, but for those whose workflow is gone, and of crawlers."""
        for trigger in self._definitions.triggers.values():
            if trigger.payload["Type"] == "SCHEDULED":
                workflow_name = trigger.payload.get("WorkflowName")
                is_on = trigger.state == "ACTIVATED"
                if workflow_name is None:
                    yield _Schedule("TRIGGER", trigger.name, "", trigger.payload["Schedule"], is_on)
                elif workflow_name in self._definitions.workflows:
                    yield _Schedule("WORKFLOW", trigger.name, workflow_name, trigger.payload["Schedule"], is_on)
        for crawler in self._definitions.crawlers.values():
            if crawler.state == "SCHEDULED":
                yield _Schedule("CRAWLER", crawler.name, "", crawler.payload["Schedule"], is_on=True)

    def _flows(self, schedules: Iterable[_Schedule]) -> dict[tuple[Kind, str], Workflow]:
        """Return schedules as the engine knows them: as triggers of workflows, those of no workflow together."""
        found: dict[tuple[Kind, str], list[Trigger]] = {}
        for each in schedules:
            trigger = Trigger(name=each.name, type="SCHEDULED", schedule=each.expression, enabled=each.is_on)
            found.setdefault((each.kind, each.workflow_name), []).append(trigger)
        return {(kind, name): Workflow(name=name, triggers=tuple(triggers)) for (kind, name), triggers in found.items()}


def _appointments(kind: Kind, ticks: Iterable[Tick]) -> Iterator[Appointment]:
    for tick in ticks:
        yield Appointment(at=tick.at, kind=kind, name=tick.trigger, workflow_name=tick.workflow)
