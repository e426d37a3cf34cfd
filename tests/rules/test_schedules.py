"""Rules about schedules: SC001 to SC010. What each schedule means is tested with `gluedsl.model.cron`."""

from __future__ import annotations

import pytest

from gluedsl.model import Origins
from gluedsl.rules.check import check
from gluedsl.source.span import Span
from tests.support.rules import crawler, project, says, scheduled, start, told

MINUTES = "minutes: 0-59, with `,` `-` `*` `/`"
HOURS = "hours: 0-23, with `,` `-` `*` `/`"
DAY = "day of month: 1-31, with `,` `-` `*` `/` `?` `L` `W`"
MONTH = "month: 1-12 or JAN-DEC, with `,` `-` `*` `/`"
WEEKDAY = "day of week: 1-7 or SUN-SAT, with `,` `-` `*` `/` `?` `L`; 1 is Sunday, 7 is Saturday"
YEAR = "year: 1970-2199, with `,` `-` `*` `/`"
FORM = "write `cron(minutes hours day-of-month month day-of-week year)`"


@pytest.mark.parametrize(
    ("schedule", "code", "message", "advice"),
    [
        ("", "SC001", "the expression is empty", FORM),
        ("every day", "SC001", "`every day` is not of the form `cron(...)`", FORM),
        ("0 2 * * ? *", "SC001", "`0 2 * * ? *` is not of the form `cron(...)`", "write `cron(0 2 * * ? *)`"),
        ("cron(0 2 *)", "SC001", "`0 2 *` has 3 fields, and Glue's cron has 6", FORM),
        ("cron(0)", "SC001", "`0` has 1 field, and Glue's cron has 6", FORM),
        ("cron(0 0 2 * * ? *)", "SC001", "`0 0 2 * * ? *` has 7 fields, and Glue's cron has 6", FORM),
        ("cron(cron(0 2 * * ? *))", "SC001", "`cron(cron(0 2 * * ? *))` is not of the form `cron(...)`", FORM),
        (
            "rate(5 minutes)",
            "SC002",
            "`rate(5 minutes)` is not a cron expression, the only kind that Glue knows",
            "write `cron(0/5 * * * ? *)`",
        ),
        (
            "rate(7 minutes)",
            "SC002",
            "`rate(7 minutes)` is not a cron expression, the only kind that Glue knows",
            FORM,
        ),
        (
            "rate(1 minute)",
            "SC002",
            "`rate(1 minute)` is not a cron expression, the only kind that Glue knows",
            FORM,
        ),
        (
            "rate(60 minutes)",
            "SC002",
            "`rate(60 minutes)` is not a cron expression, the only kind that Glue knows",
            "write `cron(0 * * * ? *)`",
        ),
        (
            "rate(6 hours)",
            "SC002",
            "`rate(6 hours)` is not a cron expression, the only kind that Glue knows",
            "write `cron(0 0/6 * * ? *)`",
        ),
        (
            "rate(24 hours)",
            "SC002",
            "`rate(24 hours)` is not a cron expression, the only kind that Glue knows",
            "write `cron(0 0 * * ? *)`",
        ),
        (
            "rate(1 day)",
            "SC002",
            "`rate(1 day)` is not a cron expression, the only kind that Glue knows",
            "write `cron(0 0 * * ? *)`",
        ),
        (
            "rate(2 days)",
            "SC002",
            "`rate(2 days)` is not a cron expression, the only kind that Glue knows",
            FORM,
        ),
        (
            "at(2026-01-01T00:00:00)",
            "SC002",
            "`at(2026-01-01T00:00:00)` is not a cron expression, the only kind that Glue knows",
            FORM,
        ),
        ("@daily", "SC002", "`@daily` is not a cron expression, the only kind that Glue knows", FORM),
        (
            "0 2 * * *",
            "SC002",
            "`0 2 * * *` has 5 fields, as in Unix cron, and Glue's cron has 6",
            "write `cron(0 2 * * ? *)`",
        ),
        (
            "cron(0 2 * * 1-5)",
            "SC002",
            "`0 2 * * 1-5` has 5 fields, as in Unix cron, and Glue's cron has 6",
            "write `cron(0 2 ? * 2-6 *)`",
        ),
        (
            "cron(0 2 * * 0)",
            "SC002",
            "`0 2 * * 0` has 5 fields, as in Unix cron, and Glue's cron has 6",
            "write `cron(0 2 ? * 1 *)`",
        ),
        (
            "cron(0 2 * * ?)",
            "SC002",
            "`0 2 * * ?` has 5 fields, as in Unix cron, and Glue's cron has 6",
            "write `cron(0 2 * * ? *)`",
        ),
        (
            "cron(0 2 1 * MON)",
            "SC002",
            "`0 2 1 * MON` has 5 fields, as in Unix cron, and Glue's cron has 6",
            FORM,
        ),
        ("cron(60 2 * * ? *)", "SC003", "minutes `60` is not within 0-59", MINUTES),
        ("cron(0/60 2 * * ? *)", "SC003", "minutes `0/60` has step `60`, which is not within 1-59", MINUTES),
        ("cron(0 24 * * ? *)", "SC004", "hours `24` is not within 0-23", HOURS),
        ("cron(0 22-2 * * ? *)", "SC004", "hours `22-2` runs backwards", "split it in two: `22-23,0-2`"),
        ("cron(0 2 32 * ? *)", "SC005", "day of month `32` is not within 1-31", DAY),
        ("cron(0 2 * 13 ? *)", "SC006", "month `13` is not within 1-12 or JAN-DEC", MONTH),
        ("cron(0 2 ? * 0 *)", "SC007", "day of week `0` is not within 1-7 or SUN-SAT", WEEKDAY),
        ("cron(0 2 * * ? 1969)", "SC008", "year `1969` is not within 1970-2199", YEAR),
        (
            "cron(0 2 * * * *)",
            "SC009",
            "day of month `*` and day of week `*` are both given",
            "write `?` as day of week",
        ),
        (
            "cron(0 2 * * MON *)",
            "SC009",
            "day of month `*` and day of week `MON` are both given",
            "write `?` as day of month",
        ),
        (
            "cron(0 2 1 * MON *)",
            "SC009",
            "day of month `1` and day of week `MON` are both given",
            "write `?` as day of week",
        ),
        ("cron(0 2 ? * ? *)", "SC009", "day of month and day of week are both `?`", "write `*` for one of the two"),
        (
            "cron(0/4 * * * ? *)",
            "SC010",
            "firings at 00:00 and 00:04 are 4 minutes apart, and Glue allows no less than 5 minutes",
            "leave at least 5 minutes between firings, as `0/5` does",
        ),
    ],
)
def test_schedule_with_one_mistake_has_one_finding(schedule: str, code: str, message: str, advice: str) -> None:
    """Each mistake is said once, by the rule that owns it."""
    assert told(project(scheduled(schedule))) == says(f"""
        {code} error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly`: {message}
          help: {advice}
    """)


def test_all_mistakes_of_a_schedule_are_reported() -> None:
    """One does not hide another, and what follows from one is not said."""
    assert told(project(scheduled("cron(60 2 * 13 MON#2 *)"))) == says(f"""
        SC003 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly`: minutes `60` is not within 0-59
          help: {MINUTES}
        SC006 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly`: month `13` is not within 1-12 or JAN-DEC
          help: {MONTH}
        SC007 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly`: day of week `MON#2` is not within 1-7 or SUN-SAT
          help: {WEEKDAY}
    """)


def test_crawler_has_a_schedule_by_the_same_rules() -> None:
    """It is named as the crawler's."""
    catalog = crawler("catalog", schedule="cron(60 2 * * ? *)")

    assert told(project(start("sales-start", "crawler catalog"), catalog)) == says(f"""
        SC003 error at crawlers.0.schedule
          schedule of crawler `catalog`: minutes `60` is not within 0-59
          help: {MINUTES}
    """)


def test_schedule_that_glue_takes_has_no_finding() -> None:
    """Nor has a trigger without one."""
    assert told(project(scheduled("cron(0/5 8-17 ? * MON-FRI *)"))) == ""
    assert told(project(start("sales-start", "job load"))) == ""


SCHEDULE = ("workflows", 0, "triggers", 0, "schedule")


@pytest.mark.parametrize(
    ("source", "underlined"),
    [
        ('cron("0 75 * * ? *")', "75"),
        ('"cron(0 75 * * ? *)"', "75"),
        ('"0 75 * * ? *"', "75"),
        ("NIGHTLY", "NIGHTLY"),
        ('cron(f"0 {HOUR} * * ? *")', 'cron(f"0 {HOUR} * * ? *")'),
    ],
)
def test_only_the_wrong_field_is_underlined(source: str, underlined: str) -> None:
    """Where the text stands in the source as it is, its columns are known; else the whole value is underlined."""
    column = 30
    where = Origins({SCHEDULE: Span("flow.py", 7, column, 7, column + len(source))})
    (found,) = check(project(scheduled("cron(0 75 * * ? *)")), where).diagnostics
    begin = column + source.index(underlined)

    assert Span("flow.py", 7, begin, 7, begin + len(underlined)) == found.span


@pytest.mark.parametrize("span", [Span("flow.py", 7), Span("flow.py", 7, 30, 8, 50)])
def test_value_over_several_lines_is_underlined_whole(span: Span) -> None:
    """So is one of which only the line is known."""
    (found,) = check(project(scheduled("cron(0 75 * * ? *)")), Origins({SCHEDULE: span})).diagnostics

    assert span == found.span


def test_mistake_in_the_form_underlines_the_whole_value() -> None:
    """There is no field to point at."""
    span = Span("flow.py", 7, 30, 7, 30 + len('cron("0 2 *")'))
    (found,) = check(project(scheduled("cron(0 2 *)")), Origins({SCHEDULE: span})).diagnostics

    assert span == found.span


def test_schedule_of_unknown_place_is_given_the_place_of_its_trigger() -> None:
    """Even if that happens to be as wide as the schedule."""
    span = Span("flow.py", 7, 30, 7, 30 + len('cron("0 75 * * ? *")'))
    (found,) = check(project(scheduled("cron(0 75 * * ? *)")), Origins({SCHEDULE[:4]: span})).diagnostics

    assert span == found.span
