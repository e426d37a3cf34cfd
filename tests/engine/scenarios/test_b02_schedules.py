"""When a SCHEDULED trigger fires."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gluedsl.engine import Policies, next_tick, ticks
from gluedsl.errors import UsageError
from gluedsl.model import Trigger, Workflow
from tests.support.engine import MIDNIGHT, start_trigger, workflow

DAILY = workflow(start_trigger("load", type="SCHEDULED"))
"""At 02:00."""
HOURS = timedelta(hours=1)


def scheduled(name: str, schedule: str | None) -> Workflow:
    """Return a workflow that begins on a schedule."""
    return Workflow(name=name, triggers=(Trigger(name=f"{name}-start", type="SCHEDULED", schedule=schedule),))


def test_it_fires_at_each_match_of_its_schedule() -> None:
    """In UTC; between two moments, the first of them left out and the second of them not.

    https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
    """
    two = MIDNIGHT + 2 * HOURS
    assert [tick.at for tick in ticks([DAILY], after=MIDNIGHT, until=two)] == [two]
    assert list(ticks([DAILY], after=two, until=two + 23 * HOURS)) == []
    week = list(ticks([DAILY], after=two, until=two + timedelta(days=7)))
    assert [tick.at for tick in week] == [two + timedelta(days=day) for day in range(1, 8)]
    assert {(tick.workflow, tick.trigger) for tick in week} == {("nightly", "start")}


def test_schedules_of_several_workflows() -> None:
    """They come in order of time, and at one moment in the order of their workflows."""
    hourly, noon = scheduled("hourly", "cron(0 * * * ? *)"), scheduled("noon", "cron(0 12 * * ? *)")
    found = ticks([noon, hourly], after=MIDNIGHT + 10 * HOURS, until=MIDNIGHT + 13 * HOURS)
    assert [(tick.at - MIDNIGHT, tick.workflow) for tick in found] == [
        (11 * HOURS, "hourly"),
        (12 * HOURS, "noon"),
        (12 * HOURS, "hourly"),
        (13 * HOURS, "hourly"),
    ]
    assert next_tick([noon, hourly], after=MIDNIGHT) == MIDNIGHT + HOURS


def test_a_schedule_that_is_not_activated() -> None:
    """It does not fire; policy `inactive_trigger`.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html: "To temporarily stop a trigger from firing, you can
    deactivate it."
    """
    off = workflow(start_trigger("load", type="SCHEDULED", enabled=False))
    tomorrow = MIDNIGHT + timedelta(days=1)
    assert list(ticks([off], after=MIDNIGHT, until=tomorrow)) == []
    assert next_tick([off], after=MIDNIGHT) is None
    asked = Policies(inactive_trigger="on_request")
    assert list(ticks([off], after=MIDNIGHT, until=tomorrow, policies=asked)) == []
    fires = Policies(inactive_trigger="fires")
    assert len(list(ticks([off], after=MIDNIGHT, until=tomorrow, policies=fires))) == 1
    assert next_tick([off], after=MIDNIGHT, policies=fires) == MIDNIGHT + 2 * HOURS


def test_only_schedules_tick() -> None:
    """Triggers of the other types have no time of their own."""
    other = workflow(start_trigger("load"), replace(start_trigger("load", type="EVENT"), name="second"))
    assert list(ticks([other], after=MIDNIGHT, until=MIDNIGHT + timedelta(days=400))) == []
    assert next_tick([other], after=MIDNIGHT) is None


def test_a_schedule_that_is_over() -> None:
    """After its last match a schedule is quiet."""
    over = scheduled("once", "cron(0 12 1 1 ? 2020)")
    assert next_tick([over], after=MIDNIGHT) is None
    assert list(ticks([over], after=MIDNIGHT, until=MIDNIGHT + timedelta(days=4000))) == []


@pytest.mark.parametrize("schedule", [None, "every day"])
def test_a_schedule_that_is_none(schedule: str | None) -> None:
    """Glue takes no such trigger, and there is no guessing what it means."""
    with pytest.raises(UsageError) as error:
        ticks([scheduled("odd", schedule)], after=MIDNIGHT, until=MIDNIGHT)
    assert error.value.message.startswith("trigger `odd-start` has a schedule that never fires: ")
    with pytest.raises(UsageError):
        next_tick([scheduled("odd", schedule)], after=MIDNIGHT)


def test_ticks_are_found_one_by_one() -> None:
    """A far end costs nothing: ticks are counted out as they are asked for."""
    far = datetime.max.replace(tzinfo=MIDNIGHT.tzinfo)
    assert next(ticks([DAILY], after=MIDNIGHT, until=far)).at == MIDNIGHT + 2 * HOURS
