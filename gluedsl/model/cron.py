"""Glue's cron dialect: text to its meaning, or to everything that is wrong with it.

Comes in: the text of a schedule, `cron(0 2 * * ? *)`. Goes out: a `Cron`, which knows when it fires, in UTC;
or all problems at once, each with the id of the restriction and its place in the text.
Source: https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_MINUTES_BETWEEN_FIRINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CronProblem:
    """One thing that Glue refuses in a schedule."""

    code: str
    """SC001 to SC010."""
    message: str
    start: int
    """Offset in the text of the first character that is wrong."""
    end: int
    """Offset behind the last."""
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """When a schedule fires. Of the two ways to name a day, the one that was given as `?` is empty."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days_of_month: tuple[int, ...]
    months: tuple[int, ...]
    days_of_week: tuple[int, ...]
    """1, Sunday, to 7, Saturday."""
    years: tuple[int, ...]
    last_day: bool = False
    """`L`: the last day of the month."""
    last_weekday: bool = False
    """`LW`: the last day of the month that is no Saturday or Sunday."""
    near_weekdays: tuple[int, ...] = ()
    """`15W`: the weekday of that month nearest to the 15th."""
    last_of_month: tuple[int, ...] = ()
    """`6L`: the last Friday of the month."""

    def next_after(self, moment: datetime) -> datetime | None:
        """Return the first firing later than `moment`, which has a time zone; None if there is none."""
        return next(iter(self.firings(moment, 1)), None)

    def firings(self, after: datetime, count: int) -> tuple[datetime, ...]:
        """Return the first `count` firings later than `after`; fewer if there are no more."""
        if after.tzinfo is None:
            message = "a schedule is in UTC: the moment needs a time zone"
            raise ValueError(message)
        after = after.astimezone(UTC)
        firings = (
            datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
            for day in self.days_from(after)
            for hour in self.hours
            for minute in self.minutes
        )
        return tuple(islice((firing for firing in firings if firing > after), count))

    def days_from(self, moment: datetime) -> Iterator[datetime]:
        """Yield midnight of each day that has firings, beginning with that of `moment`."""
        today = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        for year in self.years:
            for month in self.months:
                if (year, month) >= (today.year, today.month):
                    days = (datetime(year, month, day, tzinfo=UTC) for day in self._days(year, month))
                    yield from (day for day in days if day >= today)

    def _days(self, year: int, month: int) -> list[int]:
        weekday_before_first, length = calendar.monthrange(year, month)
        day_of_week = {day: (weekday_before_first + day) % 7 + 1 for day in range(1, length + 1)}
        working = [day for day, number in day_of_week.items() if number not in (1, 7)]
        days = {day for day in self.days_of_month if day <= length}
        days |= {min(working, key=lambda other: abs(other - day)) for day in self.near_weekdays if day <= length}
        days |= {day for day, number in day_of_week.items() if number in self.days_of_week}
        days |= {max(day for day, n in day_of_week.items() if n == number) for number in self.last_of_month}
        if self.last_day:
            days.add(length)
        if self.last_weekday:
            days.add(working[-1])
        return sorted(days)


@dataclass(frozen=True, slots=True)
class _Form:
    """What one field may hold."""

    code: str
    noun: str
    low: int
    high: int
    largest_step: int
    names: tuple[str, ...] = ()
    """Of the numbers from `low` on."""
    special: str = ""
    """Its wildcards besides those of every field."""
    remark: str = ""

    @property
    def limits(self) -> str:
        numbers = f"{self.low}-{self.high}"
        return f"{numbers} or {self.names[0]}-{self.names[-1]}" if self.names else numbers

    @property
    def help(self) -> str:
        wildcards = " ".join(f"`{wildcard}`" for wildcard in ",-*/" + self.special)
        return f"{self.noun}: {self.limits}, with {wildcards}{self.remark}"

    def number(self, text: str) -> int | None:
        if text.upper() in self.names:
            return self.low + self.names.index(text.upper())
        if _DIGITS.fullmatch(text) and self.low <= int(text) <= self.high:
            return int(text)
        return None


_DIGITS = re.compile(r"[0-9]{1,4}")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_FORMS = (
    _Form("SC003", "minutes", 0, 59, 59),
    _Form("SC004", "hours", 0, 23, 23),
    _Form("SC005", "day of month", 1, 31, 31, special="?LW"),
    _Form("SC006", "month", 1, 12, 12, _MONTHS),
    _Form("SC007", "day of week", 1, 7, 7, _DAYS, special="?L", remark="; 1 is Sunday, 7 is Saturday"),
    _Form("SC008", "year", 1970, 2199, 229),
)
_WHOLE = "cron(minutes hours day-of-month month day-of-week year)"


@dataclass(slots=True)
class _Field:
    """One field as it is read: what it names, and what is wrong with it."""

    form: _Form
    text: str
    start: int
    numbers: set[int] = field(default_factory=set)
    last: bool = False
    last_weekday: bool = False
    near: set[int] = field(default_factory=set)
    last_of: set[int] = field(default_factory=set)
    problems: list[CronProblem] = field(default_factory=list)

    def problem(self, message: str, help_: str, code: str = "") -> CronProblem:
        end = self.start + len(self.text)
        return CronProblem(code=code or self.form.code, message=message, start=self.start, end=end, help=help_)

    def read(self) -> None:
        """Take the field apart."""
        if self.text == "?" and "?" in self.form.special:
            return
        for item in self.text.split(","):
            if not self._last_or_nearest(item.upper()):
                self._read_range(item)

    def _last_or_nearest(self, item: str) -> bool:
        """Take an item with `L` or `W`; return whether it was one."""
        of_month = "W" in self.form.special
        day = self.form.number(item[:-1])
        if item == "L" and "L" in self.form.special:
            # The last day of the week is Saturday.
            self.last = of_month
            self.numbers.update(() if of_month else (7,))
        elif of_month and item == "LW":
            self.last_weekday = True
        elif of_month and item.endswith("W") and day is not None:
            self.near.add(day)
        elif not of_month and "L" in self.form.special and item.endswith("L") and day is not None:
            self.last_of.add(day)
        else:
            return False
        return True

    def _read_range(self, item: str) -> None:
        """Take a number, a range or `*`, each with a step or without."""
        form = self.form
        bounds, slash, step_text = item.partition("/")
        step = int(step_text) if _DIGITS.fullmatch(step_text) else 0
        first_text, dash, last_text = bounds.partition("-")
        first = form.low if bounds == "*" else form.number(first_text)
        last = form.number(last_text) if dash else first
        if not item:
            self._refuse(f"`{self.text}` has an empty item in its list")
        elif slash and not 1 <= step <= form.largest_step:
            self._refuse(f"`{item}` has step `{step_text}`, which is not within 1-{form.largest_step}")
        elif first is None or last is None:
            self._refuse(f"`{item}` is not within {form.limits}")
        elif first > last:
            # AWS does not say whether a range may run over the end of its field, so it is not relied upon.
            split = f"{first_text}-{form.high},{form.low}-{last_text}"
            self._refuse(f"`{item}` runs backwards", f"split it in two: `{split}`")
        else:
            is_open = bounds == "*" or (slash and not dash)
            self.numbers.update(range(first, (form.high if is_open else last) + 1, step or 1))

    def _refuse(self, fault: str, help_: str = "") -> None:
        self.problems.append(self.problem(f"{self.form.noun} {fault}", help_ or self.form.help))


@lru_cache(maxsize=1024)
def parse(text: str) -> Cron | tuple[CronProblem, ...]:
    """Return the meaning of a schedule, or all that Glue would refuse in it, in the order of the text."""
    wrapped = re.fullmatch(r"cron\((.*)\)", text, re.DOTALL)
    inner = wrapped[1] if wrapped else text
    offset = wrapped.start(1) if wrapped else 0
    words = list(re.finditer(r"\S+", inner))
    if (problem := _form_problem(text, inner, len(words), wrapped=wrapped is not None)) is not None:
        return (problem,)
    fields = [_Field(form, word[0], offset + word.start()) for form, word in zip(_FORMS, words, strict=True)]
    for one in fields:
        one.read()
    minutes, hours, days, months, weekdays, years = fields
    problems = [problem for one in fields for problem in one.problems]
    if not days.problems and not weekdays.problems and (days.text == "?") == (weekdays.text == "?"):
        problems.append(_day_problem(days, weekdays))
    cron = Cron(
        minutes=tuple(sorted(minutes.numbers)),
        hours=tuple(sorted(hours.numbers)),
        days_of_month=tuple(sorted(days.numbers)),
        months=tuple(sorted(months.numbers)),
        days_of_week=tuple(sorted(weekdays.numbers)),
        years=tuple(sorted(years.numbers)),
        last_day=days.last,
        last_weekday=days.last_weekday,
        near_weekdays=tuple(sorted(days.near)),
        last_of_month=tuple(sorted(weekdays.last_of)),
    )
    if not minutes.problems and not hours.problems and (close := _too_close(cron, is_whole=not problems)):
        problems.append(_frequency_problem(minutes, *close))
    return tuple(sorted(problems, key=lambda one: (one.start, one.code))) or cron


def _form_problem(text: str, inner: str, count: int, *, wrapped: bool) -> CronProblem | None:
    """Return what makes the text no cron expression of six fields at all."""
    expression = inner.strip()
    help_ = f"write `{_WHOLE}`"
    if re.fullmatch(r"(rate|at)\(.*\)|@\w+", expression, re.DOTALL):
        code, message = "SC002", f"`{expression}` is not a cron expression, the only kind that Glue knows"
    elif count == len(_FORMS) - 1 and not re.search(r"[()]", inner):
        code, message = "SC002", f"`{expression}` has 5 fields, as in Unix cron, and Glue's cron has 6"
    elif not expression:
        code, message = "SC001", "the expression is empty"
    elif not wrapped or re.search(r"[()]", inner):
        code, message = "SC001", f"`{text}` is not of the form `cron(...)`"
        if count == len(_FORMS) and not wrapped:
            help_ = f"write `cron({expression})`"
    elif count != len(_FORMS):
        code, message = "SC001", f"`{expression}` has {_count(count, 'field')}, and Glue's cron has 6"
    else:
        return None
    return CronProblem(code=code, message=message, start=0, end=len(text), help=help_)


def _day_problem(days: _Field, weekdays: _Field) -> CronProblem:
    """Return the problem of two fields that both name days, or both do not."""
    if days.text == "?":
        return weekdays.problem("day of month and day of week are both `?`", "write `*` for one of the two", "SC009")
    wrong = days if days.text == "*" != weekdays.text else weekdays
    return wrong.problem(
        f"day of month `{days.text}` and day of week `{weekdays.text}` are both given",
        f"write `?` as {wrong.form.noun}",
        "SC009",
    )


def _frequency_problem(minutes: _Field, earlier: datetime, later: datetime) -> CronProblem:
    gap = _count(int((later - earlier).total_seconds()) // 60, "minute")
    least = f"{LEAST_MINUTES_BETWEEN_FIRINGS} minutes"
    return minutes.problem(
        f"firings at {earlier:%H:%M} and {later:%H:%M} are {gap} apart, and Glue allows no less than {least}",
        f"leave at least {least} between firings, as `0/5` does",
        "SC010",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _too_close(cron: Cron, *, is_whole: bool) -> tuple[datetime, datetime] | None:
    """Return two firings with too little time between them; those around midnight only if the days are known."""
    day = datetime(2000, 1, 1, tzinfo=UTC)
    times = [day + timedelta(hours=hour, minutes=minute) for hour in cron.hours for minute in cron.minutes]
    least = timedelta(minutes=LEAST_MINUTES_BETWEEN_FIRINGS)
    for earlier, later in pairwise(times):
        if later - earlier < least:
            return earlier, later
    over_midnight = times[0] + timedelta(days=1)
    if is_whole and over_midnight - times[-1] < least:
        days = cron.days_from(datetime(1970, 1, 1, tzinfo=UTC))
        if any(later - earlier == timedelta(days=1) for earlier, later in pairwise(days)):
            return times[-1], over_midnight
    return None
