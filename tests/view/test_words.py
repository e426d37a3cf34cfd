"""Triggers, times and amounts in words, exactly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from gluedsl.model import Condition, EventBatching, Predicate, Trigger
from gluedsl.view.words import duration, elapsed, schedule_words, trigger_words, utc
from tests.support.scenes import crawled, ended

if TYPE_CHECKING:
    from gluedsl.graph import Node


def _name(node: Node) -> str:
    return node.name


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("cron(0 2 * * ? *)", "every day at 02:00 UTC"),
        ("cron(5 14 ? * 1-7 *)", "every day at 14:05 UTC"),
        ("cron(0 2 ? * MON-FRI *)", "Monday to Friday at 02:00 UTC"),
        ("cron(0 2 ? * MON *)", "every Monday at 02:00 UTC"),
        ("cron(0 2 ? * 1,4 *)", "every Sunday and Wednesday at 02:00 UTC"),
        ("cron(0 8 1 * ? *)", "every month on day 1 at 08:00 UTC"),
        ("cron(5 * * * ? *)", "every day every hour at minute 5 UTC"),
        ("cron(0/10 * ? * MON-FRI *)", "Monday to Friday every 10 minutes UTC"),
        ("cron(0,10 * * * ? *)", "on schedule cron(0,10 * * * ? *), UTC"),
        ("cron(0/7 * * * ? *)", "on schedule cron(0/7 * * * ? *), UTC"),
        ("cron(0 2,4 * * ? *)", "on schedule cron(0 2,4 * * ? *), UTC"),
        ("cron(0 2 L * ? *)", "on schedule cron(0 2 L * ? *), UTC"),
        ("cron(0 2 1,15 * ? *)", "on schedule cron(0 2 1,15 * ? *), UTC"),
        ("cron(0 2 * JAN ? *)", "on schedule cron(0 2 * JAN ? *), UTC"),
        ("cron(0 2 * * ? 2030)", "on schedule cron(0 2 * * ? 2030), UTC"),
        ("rate(5 minutes)", "on schedule rate(5 minutes), UTC"),
        (None, "on a schedule that is not given"),
    ],
)
def test_schedules(schedule: str | None, words: str) -> None:
    """A schedule of a usual kind is told in words, any other in Glue's own."""
    assert schedule_words(schedule) == words


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (Trigger(name="t", type="ON_DEMAND"), "on demand"),
        (Trigger(name="t", type="EVENT"), "on an event"),
        (Trigger(name="t", type="EVENT", event_batching=EventBatching()), "on an event"),
        (
            Trigger(name="t", type="EVENT", event_batching=EventBatching(batch_size=10, batch_window_seconds=300)),
            "on 10 events, or 300 seconds after the first",
        ),
        (Trigger(name="t", type="SCHEDULED", schedule="cron(0 2 * * ? *)"), "every day at 02:00 UTC"),
        (Trigger(name="t", type="CONDITIONAL"), "when nothing: it has no condition"),
    ],
)
def test_triggers(trigger: Trigger, words: str) -> None:
    """Each type of trigger says when it fires."""
    assert trigger_words(trigger, _name) == words


@pytest.mark.parametrize(
    ("logical", "conditions", "words"),
    [
        ("AND", (), "when nothing: it has no condition"),
        ("AND", (ended("a"),), "when a SUCCEEDED"),
        ("AND", (ended("a"), ended("a")), "when a SUCCEEDED"),
        ("AND", (ended("a"), ended("b")), "when a and b both SUCCEEDED"),
        (None, (ended("a"), ended("b")), "when a and b both SUCCEEDED"),
        ("AND", (ended("a"), crawled("b"), ended("c")), "when a, b and c all SUCCEEDED"),
        ("AND", (ended("a"), ended("b", "FAILED")), "when a SUCCEEDED and b FAILED"),
        ("AND", (ended("a"), ended("a", "FAILED")), "when a SUCCEEDED and FAILED"),
        ("ANY", (ended("a", "FAILED"),), "when a FAILED"),
        ("ANY", (ended("a", "FAILED"), ended("a", "TIMEOUT")), "when a FAILED/TIMEOUT"),
        ("ANY", (ended("a", "FAILED"), ended("b", "FAILED")), "when a or b FAILED"),
        ("ANY", (ended("a"), ended("b"), ended("c")), "when any of a, b or c SUCCEEDED"),
        ("ANY", (ended("a", "FAILED"), ended("b", "TIMEOUT")), "when any of: a FAILED, b TIMEOUT"),
        ("AND", (Condition(state="FAILED"),), "when (nothing) FAILED"),
        ("AND", (Condition(job_name="a"),), "when a (no state)"),
    ],
)
def test_predicates(logical: str | None, conditions: tuple[Condition, ...], words: str) -> None:
    """What is waited for is told as people say it, and never so that two predicates sound alike."""
    trigger = Trigger(name="t", type="CONDITIONAL", predicate=Predicate(logical=logical, conditions=conditions))

    assert trigger_words(trigger, _name) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (0.44, "0.4 s"),
        (59.94, "59.9 s"),
        (59.96, "1 m 00 s"),
        (125, "2 m 05 s"),
        (3599.6, "1 h 00 m"),
        (7384, "2 h 03 m"),
        (100 * 3600, "100 h 00 m"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    """A length of time is told to what matters of it."""
    assert duration(timedelta(seconds=seconds)) == words


def test_times_are_in_utc() -> None:
    """Times of any zone, and of none, are compared in UTC; a clock that was set back makes no negative time."""
    noon = datetime(2025, 1, 1, 12, tzinfo=UTC)
    elsewhere = datetime(2025, 1, 1, 14, tzinfo=timezone(timedelta(hours=2)))

    assert utc(elsewhere) == utc(noon.replace(tzinfo=None)) == noon
    assert elapsed(elsewhere, noon + timedelta(seconds=5)) == timedelta(seconds=5)
    assert elapsed(noon, noon - timedelta(seconds=5)) == timedelta()
    assert elapsed(None, noon) is None
    assert elapsed(noon, None) is None
