"""Which schedules fire, and when.

Comes in: workflows, and two moments. Goes out: every firing of their SCHEDULED triggers between the two, in order.
A tick is a start of its workflow like any other: `admit` with SCHEDULE says what becomes of it, and over the limit
a run in ERROR is left behind.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.engine.policies import DEFAULTS
from gluedsl.errors import UsageError
from gluedsl.model import cron

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from gluedsl.engine.policies import Policies
    from gluedsl.model import Trigger, Workflow


class Tick(NamedTuple):
    """One firing of one schedule."""

    at: datetime
    workflow: str
    trigger: str


def ticks(
    workflows: Iterable[Workflow], *, after: datetime, until: datetime, policies: Policies = DEFAULTS
) -> Iterator[Tick]:
    """Yield the ticks later than `after` and not later than `until`; both need a time zone.

    Several at one moment come in the order of their workflows and triggers.

    Raises:
        UsageError: a schedule is none; Glue does not take such a trigger.
    """
    return heapq.merge(
        *(
            _ticks(workflow.name, trigger, _meaning(trigger), after, until)
            for workflow in workflows
            for trigger in workflow.triggers
            if _is_active(trigger, policies)
        ),
        key=lambda tick: tick.at,
    )


def next_tick(workflows: Iterable[Workflow], *, after: datetime, policies: Policies = DEFAULTS) -> datetime | None:
    """Return the first moment later than `after` at which a schedule fires; None: there is none.

    Raises:
        UsageError: a schedule is none.
    """
    moments = (
        _meaning(trigger).next_after(after)
        for workflow in workflows
        for trigger in workflow.triggers
        if _is_active(trigger, policies)
    )
    return min((moment for moment in moments if moment is not None), default=None)


def _is_active(trigger: Trigger, policies: Policies) -> bool:
    # "on_request" is about a run that somebody asks for: a schedule that is not activated does not tick by itself.
    return trigger.type == "SCHEDULED" and (trigger.enabled or policies.inactive_trigger == "fires")


def _meaning(trigger: Trigger) -> cron.Cron:
    meaning = cron.parse(trigger.schedule or "")
    if not isinstance(meaning, cron.Cron):
        message = f"trigger `{trigger.name}` has a schedule that never fires: {meaning[0].message}"
        raise UsageError(message, hint=meaning[0].help)
    return meaning


def _ticks(workflow: str, trigger: Trigger, meaning: cron.Cron, after: datetime, until: datetime) -> Iterator[Tick]:
    moment = meaning.next_after(after)
    while moment is not None and moment <= until:
        yield Tick(moment, workflow, trigger.name)
        moment = meaning.next_after(moment)
