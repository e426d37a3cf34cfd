"""When schedules fire next, as the static view tells it; nobody here reads a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from gluedsl.model import Workflow
from gluedsl.view.scene import scene_of_run, scene_of_workflow
from gluedsl.view.text import render
from gluedsl.view.words import firing_words
from tests.support.scenes import FAILED, SALES, job, start

NOW = datetime(2026, 1, 4, 13, 30, tzinfo=UTC)


def _scheduled(schedule: str | None) -> Workflow:
    return Workflow(name="w", triggers=(start("go", job("a"), kind="SCHEDULED", schedule=schedule),))


def _firings(workflow: Workflow, now: datetime | None, count: int) -> list[tuple[datetime, ...] | None]:
    return [stage.firings for stage in scene_of_workflow(workflow, now=now, firings=count).stages]


def test_only_schedules_have_firings() -> None:
    """The start trigger fires every night; what waits for a job has no times."""
    first, second = datetime(2026, 1, 5, 2, 0, tzinfo=UTC), datetime(2026, 1, 6, 2, 0, tzinfo=UTC)

    assert [(first, second), None, None, None] == _firings(SALES, NOW, 2)


def test_nobody_asked() -> None:
    """Without a time, or a number of firings, there are none; nor are there in a run."""
    assert _firings(_scheduled("cron(0 2 * * ? *)"), NOW, 0) == [None]
    assert _firings(_scheduled("cron(0 2 * * ? *)"), None, 3) == [None]
    assert {None} == {stage.firings for stage in scene_of_run(FAILED, now=NOW).stages}


@pytest.mark.parametrize("schedule", ["cron(61 2 * * ? *)", "rate(1 day)", None])
def test_a_schedule_that_is_none(schedule: str | None) -> None:
    """A rule says what is wrong with it; here it has no times."""
    assert _firings(_scheduled(schedule), NOW, 3) == [None]


def test_fewer_than_asked_for() -> None:
    """A schedule may end, or have ended."""
    assert [(datetime(2026, 12, 31, 2, 0, tzinfo=UTC),)] == _firings(_scheduled("cron(0 2 31 12 ? 2026)"), NOW, 3)
    assert _firings(_scheduled("cron(0 2 31 12 ? 2025)"), NOW, 3) == [()]


def test_words() -> None:
    """Times are in UTC, whatever zone they come in."""
    east = timezone(timedelta(hours=5, minutes=30))

    assert firing_words([NOW, NOW.astimezone(east)]) == "next: 2026-01-04 13:30, 2026-01-04 13:30 UTC"
    assert firing_words([]) == "next: never"


def test_in_the_terminal() -> None:
    """They stand below the trigger, on as many lines as they need."""
    scene = scene_of_workflow(_scheduled("cron(0 2 * * ? *)"), now=NOW, firings=3)

    assert render(scene, width=60).plain == (
        "w\n"
        "1 job and 1 trigger\n"
        "\n"
        "▶ every day at 02:00 UTC  go  cron(0 2 * * ? *)\n"
        "  next: 2026-01-05 02:00, 2026-01-06 02:00, 2026-01-07 02:00\n"
        "  UTC\n"
        "    job a\n"
    )
