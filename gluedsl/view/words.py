"""Triggers, times and amounts in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gluedsl.graph.build import condition_node
from gluedsl.model import cron

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gluedsl.graph import Node
    from gluedsl.model import EventBatching, Predicate, Trigger

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_WORKING_DAYS = (2, 3, 4, 5, 6)
_ALL_HOURS = tuple(range(24))
_MINUTE, _HOUR = 60, 3600


def trigger_words(trigger: Trigger, called: Callable[[Node], str]) -> str:
    """Say when a trigger fires."""
    match trigger.type:
        case "ON_DEMAND":
            return "on demand"
        case "SCHEDULED":
            return schedule_words(trigger.schedule)
        case "EVENT":
            return _event_words(trigger.event_batching)
        case "CONDITIONAL":
            return _predicate_words(trigger.predicate, called)


def schedule_words(schedule: str | None) -> str:
    """Say when a schedule fires: in words where they are short, else in Glue's own."""
    if schedule is None:
        return "on a schedule that is not given"
    meaning = cron.parse(schedule)
    if isinstance(meaning, cron.Cron):
        day, time = _day_words(meaning), _time_words(meaning)
        if day and time:
            return f"{day} {time} UTC".lstrip()
    return f"on schedule {schedule}, UTC"


def firing_words(firings: Sequence[datetime]) -> str:
    """Say when a schedule fires next."""
    if not firings:
        return "next: never"
    return f"next: {', '.join(f'{utc(moment):%Y-%m-%d %H:%M}' for moment in firings)} UTC"


def _day_words(meaning: cron.Cron) -> str:
    """Return words for the days; empty where there are none that are short."""
    special = meaning.last_day or meaning.last_weekday or meaning.near_weekdays or meaning.last_of_month
    always = len(meaning.months) == len(range(1, 13)) and len(meaning.years) == len(range(1970, 2200))
    if special or not always:
        return ""
    if len(meaning.days_of_month) == len(range(1, 32)) or len(meaning.days_of_week) == len(_DAYS):
        return "every day"
    if meaning.days_of_week == _WORKING_DAYS:
        return "Monday to Friday"
    if meaning.days_of_week:
        return f"every {listed([_DAYS[day - 1] for day in meaning.days_of_week], 'and')}"
    if len(meaning.days_of_month) == 1:
        return f"every month on day {meaning.days_of_month[0]}"
    return ""


def _time_words(meaning: cron.Cron) -> str:
    minutes, hours = meaning.minutes, meaning.hours
    if len(minutes) == 1 and len(hours) == 1:
        return f"at {hours[0]:02}:{minutes[0]:02}"
    if len(minutes) == 1 and hours == _ALL_HOURS:
        return f"every hour at minute {minutes[0]}"
    if hours == _ALL_HOURS:
        step = minutes[1] - minutes[0]
        if minutes == tuple(range(0, _MINUTE, step)) and _MINUTE % step == 0:
            return f"every {step} minutes"
    return ""


def _event_words(batching: EventBatching | None) -> str:
    if batching is None or batching.batch_size == 1:
        return "on an event"
    window = counted(batching.batch_window_seconds, "second")
    return f"on {batching.batch_size} events, or {window} after the first"


def _predicate_words(predicate: Predicate | None, called: Callable[[Node], str]) -> str:
    by_name: dict[str, list[str]] = {}
    for condition in predicate.conditions if predicate is not None else ():
        node, state = condition_node(condition), condition.state or condition.crawl_state or "(no state)"
        states = by_name.setdefault(called(node) if node is not None else "(nothing)", [])
        if state not in states:
            states.append(state)
    if predicate is None or not by_name:
        return "when nothing: it has no condition"
    return _any_words(by_name) if predicate.logical == "ANY" else _all_words(by_name)


def _any_words(by_name: Mapping[str, Sequence[str]]) -> str:
    ends = {name: "/".join(states) for name, states in by_name.items()}
    if len(ends) == 1:
        return f"when {_pairs(ends)[0]}"
    if len(set(ends.values())) == 1:
        number = "" if len(ends) == len(("one", "other")) else "any of "
        return f"when {number}{listed(tuple(ends), 'or')} {next(iter(ends.values()))}"
    return f"when any of: {', '.join(_pairs(ends))}"


def _all_words(by_name: Mapping[str, Sequence[str]]) -> str:
    ends = {name: " and ".join(states) for name, states in by_name.items()}
    if len(ends) > 1 and len(set(ends.values())) == 1:
        number = "both" if len(ends) == len(("one", "other")) else "all"
        return f"when {listed(tuple(ends), 'and')} {number} {next(iter(ends.values()))}"
    return f"when {listed(_pairs(ends), 'and')}"


def _pairs(ends: Mapping[str, str]) -> list[str]:
    return [f"{name} {end}" for name, end in ends.items()]


def listed(texts: Sequence[str], last: str) -> str:
    """Join texts with commas, the last with a word."""
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def counted(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is taken to be in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def elapsed(start: datetime | None, end: datetime | None) -> timedelta | None:
    """Return how long it took; None if either is unknown, and never less than nothing."""
    if start is None or end is None:
        return None
    return max(utc(end) - utc(start), timedelta())


def duration(length: timedelta) -> str:
    """Return a length of time as people say it: `0.4 s`, `2 m 05 s`, `1 h 02 m`."""
    seconds = round(length.total_seconds(), 1)
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE} m {whole % _MINUTE:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} m"
