"""SC002 `foreign-schedule-syntax`."""

from __future__ import annotations

import re

from gluedsl.diagnostics import Severity
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.rule import Kind
from gluedsl.rules.schedules.schedule_rule import ScheduleRule

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_UNIX_FIELDS = 5


def _from_rate(text: str) -> str | None:
    """Return a rate as a cron expression, if it divides the hour or the day evenly."""
    match = _RATE.fullmatch(text.strip())
    if match is None:
        return None
    every, unit = int(match[1]), match[2]
    if unit == "minute" and every and not 60 % every:
        return f"cron(0/{every} * * * ? *)" if every < 60 else "cron(0 * * * ? *)"  # noqa: PLR2004 -- minutes of an hour
    if unit == "hour" and every and not 24 % every:
        return f"cron(0 0/{every} * * ? *)" if every < 24 else "cron(0 0 * * ? *)"  # noqa: PLR2004 -- hours of a day
    return "cron(0 0 * * ? *)" if (unit, every) == ("day", 1) else None


def _from_unix(text: str) -> str | None:
    """Return five fields as six: the days of the week count from 1, and one of the two kinds of day is `?`."""
    fields = text.split()
    if len(fields) != _UNIX_FIELDS:
        return None
    minutes, hours, day, month, weekday = fields
    if "?" not in (day, weekday):
        if weekday == "*":
            weekday = "?"
        elif day == "*":
            day = "?"
            weekday = re.sub(r"(?<![/\d])\d", lambda number: str(int(number[0]) % 7 + 1), weekday)
    return f"cron({minutes} {hours} {day} {month} {weekday} *)"


class ForeignScheduleSyntax(ScheduleRule):
    """A schedule is written in the syntax of something else.

    ## What it does

    Reports rates, one-time schedules, nicknames such as `@daily`, and the five fields of Unix cron.

    ## Why is this bad

    Glue knows cron expressions only, and in AWS's dialect: six fields, of which the last is the year,
    and `?` for whichever of day of month and day of week is not meant.

    ## Example

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 * * 1"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, cron

    sales = Workflow("sales", start=cron("0 2 ? * MON *"), role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "SC002"
    name = "foreign-schedule-syntax"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html"

    def advice(self, text: str) -> tuple[str, ...]:
        """Return the same schedule as Glue would have it, if that can be told."""
        inner = text.removeprefix("cron(").removesuffix(")") if text.startswith("cron(") else text
        for translation in (_from_rate(inner), _from_unix(inner)):
            if translation and isinstance(parse(translation), Cron):
                return (f"write `{translation}`",)
        return ()
