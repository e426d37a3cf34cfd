"""What begins a run."""

from __future__ import annotations

import pytest

from gluedsl import cron, daily, hourly, on_demand, on_event, weekly
from gluedsl.dsl.starts import OnDemand
from tests.support.misuse import refusal


def test_schedules() -> None:
    """Each is a cron expression in UTC; one that Glue refuses is for the rules to report at its place."""
    made = [
        cron("0 2 * * ? *"),
        cron("  0 2 * * ? *\n"),
        cron("cron(0 2 * * ? *)"),
        cron("rate(5 minutes)"),
        cron(""),
        daily("02:00"),
        daily("2:5"),
        daily("25:61"),
        weekly("MON", "23:59"),
        weekly(at="00:00", day="SUN"),
        hourly(),
        hourly(minute=59),
    ]

    assert [schedule.expression for schedule in made] == [
        "cron(0 2 * * ? *)",
        "cron(0 2 * * ? *)",
        "cron(0 2 * * ? *)",
        "rate(5 minutes)",
        "cron()",
        "cron(0 2 * * ? *)",
        "cron(5 2 * * ? *)",
        "cron(61 25 * * ? *)",
        "cron(59 23 ? * MON *)",
        "cron(0 0 ? * SUN *)",
        "cron(0 * * * ? *)",
        "cron(59 * * * ? *)",
    ]


def test_starts_without_a_time() -> None:
    """By hand, and by events, of which Glue's own numbers are the default."""
    events, few = on_event(), on_event(batch_size=10, batch_window_seconds=300)

    assert isinstance(on_demand(), OnDemand)
    assert [(e.batch_size, e.batch_window_seconds) for e in (events, few)] == [(1, 900), (10, 300)]


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        ("cron(5)", "cron() takes a cron expression, not 5 (int)"),
        ("cron(None)", "cron() takes a cron expression, not None (NoneType)"),
        ("daily(2)", "daily() takes a time such as 02:00, not 2 (int)"),
        ("daily('2am')", "daily() takes a time such as 02:00, not '2am'"),
        ("daily('02:00:00')", "daily() takes a time such as 02:00, not '02:00:00'"),
        ("daily('-1:00')", "daily() takes a time such as 02:00, not '-1:00'"),
        ("daily('')", "daily() takes a time such as 02:00, not ''"),
        ("weekly(1, '02:00')", "weekly() takes a day: SUN, MON, TUE, WED, THU, FRI or SAT, not 1 (int)"),
        ("weekly('MON', 2)", "weekly() takes a time such as 02:00, not 2 (int)"),
        ("hourly(minute='5')", "hourly() takes a minute, not '5' (str)"),
        ("hourly(minute=True)", "hourly() takes a minute, not True (bool)"),
        ("on_event(batch_size='10')", "batch_size= takes a whole number of events, not '10' (str)"),
        (
            "on_event(batch_window_seconds=1.5)",
            "batch_window_seconds= takes a whole number of seconds, not 1.5 (float)",
        ),
    ],
)
def test_refusals(misuse: str, message: str) -> None:
    """What is no time at all."""
    assert refusal(misuse) == (message, "")
