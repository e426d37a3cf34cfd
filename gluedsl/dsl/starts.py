"""What begins a run of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.dsl.event_patterns import checked_pattern, created_objects
from gluedsl.dsl.misuse import require
from gluedsl.errors import DeclarationError
from gluedsl.source.capture import call_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    def __init__(
        self,
        batch_size: int,
        batch_window_seconds: int,
        pattern: dict[str, Any] | None = None,
        said_by: str = "",
        role: str | None = None,
    ) -> None:
        super().__init__()
        self.batch_size = batch_size
        self.batch_window_seconds = batch_window_seconds
        self.pattern = pattern
        """Which events; None: somebody else makes the rule that sends them."""
        self.said_by = said_by
        """The argument that the pattern is from."""
        self.role = role
        """What EventBridge is to assume; None: a role is made for it."""


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


def on_event(
    *,
    batch_size: int = 1,
    batch_window_seconds: int = 900,
    s3: str | Sequence[str] | None = None,
    pattern: Mapping[str, Any] | None = None,
    role: str | None = None,
) -> OnEvent:
    """Start when `batch_size` events have come, or `batch_window_seconds` after the first of them.

    Defaults are Glue's own (https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html).

    Args:
        batch_size: how many events start a run.
        batch_window_seconds: after how long fewer of them do.
        s3: `s3://bucket/prefix`, or several: objects that come into being there are the events.
        pattern: an EventBridge event pattern: events of the default bus that match it. With neither of the two,
            a rule of your own sends the events.
        role: name or ARN of a role that EventBridge assumes to start the workflow; None: one is made.
    """
    require(batch_size, int, "batch_size=", "a whole number of events")
    require(batch_window_seconds, int, "batch_window_seconds=", "a whole number of seconds")
    if s3 is not None and pattern is not None:
        message = "on_event() takes s3= or pattern=, not both"
        raise DeclarationError(message, hint="say in pattern= what s3= says, with `$or` for the other events")
    if role is not None:
        require(role, str, "role=", "the name or ARN of a role")
        if s3 is None and pattern is None:
            message = "on_event() takes role= with s3= or pattern= only"
            raise DeclarationError(message, hint="whoever makes the EventBridge rule gives it its role")
        if not role:
            message = "role= of on_event() is empty"
            raise DeclarationError(message, hint="leave it out, and a role is made")
    if s3 is not None:
        return OnEvent(batch_size, batch_window_seconds, created_objects(s3, "s3="), "s3", role)
    if pattern is not None:
        return OnEvent(batch_size, batch_window_seconds, checked_pattern(pattern, "pattern="), "pattern", role)
    return OnEvent(batch_size, batch_window_seconds)


def _time(text: str, what: str) -> tuple[int, int]:
    require(text, str, what, "a time such as 02:00")
    hour, separator, minute = text.partition(":")
    if not (separator and hour.isdecimal() and minute.isdecimal()):
        message = f"{what} takes a time such as 02:00, not {text!r}"
        raise DeclarationError(message)
    return int(hour), int(minute)
