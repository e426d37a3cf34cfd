"""What begins a run of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.dsl.misuse import require
from gluedsl.errors import DeclarationError
from gluedsl.source.capture import call_site

if TYPE_CHECKING:
    from typing_extensions import Literal

    Weekday = Literal["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


class Start:
    """One of the three ways that a run can begin."""

    def __init__(self) -> None:
        self.site = call_site()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Schedule(Start):
    """A start at times told by a cron expression, in UTC."""

    def __init__(self, expression: str) -> None:
        super().__init__()
        self.expression = expression
        """`cron(...)`."""


class OnDemand(Start):
    """A start by hand, or by an API call."""


class OnEvent(Start):
    """A start by events that an EventBridge rule sends to the workflow."""

    def __init__(self, batch_size: int, batch_window_seconds: int) -> None:
        super().__init__()
        self.batch_size = batch_size
        self.batch_window_seconds = batch_window_seconds


def cron(expression: str) -> Schedule:
    """Start at the times of a cron expression of six fields, in UTC: `cron("0 2 * * ? *")`.

    Minutes, hours, day of month, month, day of week, year
    (https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html).
    """
    require(expression, str, "cron()", "a cron expression")
    text = expression.strip()
    return Schedule(text if "(" in text else f"cron({text})")


def daily(at: str) -> Schedule:
    """Start every day at a time in UTC: `daily("02:00")`."""
    hour, minute = _time(at, "daily()")
    return Schedule(f"cron({minute} {hour} * * ? *)")


def weekly(day: Weekday, at: str) -> Schedule:
    """Start on one day of the week at a time in UTC: `weekly("MON", "02:00")`."""
    require(day, str, "weekly()", "a day: SUN, MON, TUE, WED, THU, FRI or SAT")
    hour, minute = _time(at, "weekly()")
    return Schedule(f"cron({minute} {hour} ? * {day} *)")


def hourly(*, minute: int = 0) -> Schedule:
    """Start every hour at a minute."""
    require(minute, int, "hourly()", "a minute")
    return Schedule(f"cron({minute} * * * ? *)")


def on_demand() -> OnDemand:
    """Start only when somebody asks for a run."""
    return OnDemand()


def on_event(*, batch_size: int = 1, batch_window_seconds: int = 900) -> OnEvent:
    """Start when `batch_size` events have come, or `batch_window_seconds` after the first of them.

    Defaults are Glue's own (https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html).
    """
    require(batch_size, int, "batch_size=", "a whole number of events")
    require(batch_window_seconds, int, "batch_window_seconds=", "a whole number of seconds")
    return OnEvent(batch_size, batch_window_seconds)


def _time(text: str, what: str) -> tuple[int, int]:
    require(text, str, what, "a time such as 02:00")
    hour, separator, minute = text.partition(":")
    if not (separator and hour.isdecimal() and minute.isdecimal()):
        message = f"{what} takes a time such as 02:00, not {text!r}"
        raise DeclarationError(message)
    return int(hour), int(minute)
