"""What Glue's schedules mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gluedsl.model.cron import LEAST_MINUTES_BETWEEN_FIRINGS, Cron, CronProblem, parse


def cron(text: str) -> Cron:
    """Return the meaning of a schedule that has one."""
    parsed = parse(text)
    assert isinstance(parsed, Cron), parsed
    return parsed


def problems(text: str) -> list[tuple[str, str, str]]:
    """Return code, message and wrong part of each problem of a schedule."""
    parsed = parse(text)
    assert not isinstance(parsed, Cron), parsed
    return [(problem.code, problem.message, text[problem.start : problem.end]) for problem in parsed]


def at(text: str) -> datetime:
    """Return a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NEXT = [
    # AWS's own examples (https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html).
    ("cron(0 10 * * ? *)", "2026-01-01 09:59", "2026-01-01 10:00"),
    ("cron(0 10 * * ? *)", "2026-01-01 10:00", "2026-01-02 10:00"),
    ("cron(15 12 * * ? *)", "2026-12-31 12:15", "2027-01-01 12:15"),
    ("cron(0 18 ? * MON-FRI *)", "2026-01-02 18:00", "2026-01-05 18:00"),
    ("cron(0 8 1 * ? *)", "2026-01-01 08:00", "2026-02-01 08:00"),
    ("cron(0/15 * * * ? *)", "2026-01-01 23:50", "2026-01-02 00:00"),
    ("cron(0/10 * ? * MON-FRI *)", "2026-01-02 23:55", "2026-01-05 00:00"),
    ("cron(0/5 8-17 ? * MON-FRI *)", "2026-01-02 17:55", "2026-01-05 08:00"),
    # Every kind of item.
    ("cron(1/10 * * * ? *)", "2026-01-01 00:01", "2026-01-01 00:11"),
    ("cron(1/10 * * * ? *)", "2026-01-01 00:51", "2026-01-01 01:01"),
    ("cron(10-30/10 6 * * ? *)", "2026-01-01 06:20", "2026-01-01 06:30"),
    ("cron(10-30/10 6 * * ? *)", "2026-01-01 06:30", "2026-01-02 06:10"),
    ("cron(5,35 */6 * * ? *)", "2026-01-01 06:05", "2026-01-01 06:35"),
    ("cron(5,35 */6 * * ? *)", "2026-01-01 18:35", "2026-01-02 00:05"),
    ("cron(0 0 1 JAN,JUL ? *)", "2026-01-02 00:00", "2026-07-01 00:00"),
    ("cron(0 0 1 jan-mar ? *)", "2026-03-02 00:00", "2027-01-01 00:00"),
    ("cron(0 0 10,20 * ? *)", "2026-01-11 00:00", "2026-01-20 00:00"),
    ("cron(0 0 ? * SUN *)", "2026-01-01 00:00", "2026-01-04 00:00"),
    ("cron(0 0 ? * 1 *)", "2026-01-01 00:00", "2026-01-04 00:00"),
    ("cron(0 0 ? * 7 *)", "2026-01-01 00:00", "2026-01-03 00:00"),
    ("cron(0 0 ? * 2,WED-FRI *)", "2026-01-02 00:00", "2026-01-05 00:00"),
    ("cron(0 0 ? * L *)", "2026-01-01 00:00", "2026-01-03 00:00"),
    ("cron(0 0 1 1 ? 2030-2032)", "2026-01-01 00:00", "2030-01-01 00:00"),
    ("cron(0 0 1 1 ? */10)", "2026-01-01 00:00", "2030-01-01 00:00"),
    # Days that not every month has.
    ("cron(0 0 31 * ? *)", "2026-01-31 00:00", "2026-03-31 00:00"),
    ("cron(0 0 29 2 ? *)", "2026-01-01 00:00", "2028-02-29 00:00"),
    ("cron(0 0 29 2 ? *)", "2096-02-29 00:00", "2104-02-29 00:00"),
    ("cron(0 0 L * ? *)", "2028-02-01 00:00", "2028-02-29 00:00"),
    ("cron(0 0 1,L * ? *)", "2026-04-01 00:00", "2026-04-30 00:00"),
    # The nearest weekday, within the month: 15 February and 31 May 2026 are Sundays, 1 August 2026 is a Saturday.
    ("cron(0 0 15W * ? *)", "2026-01-15 00:00", "2026-02-16 00:00"),
    ("cron(0 0 31W * ? *)", "2026-05-01 00:00", "2026-05-29 00:00"),
    ("cron(0 0 1W * ? *)", "2026-07-31 00:00", "2026-08-03 00:00"),
    ("cron(0 0 31W * ? *)", "2026-06-01 00:00", "2026-07-31 00:00"),
    ("cron(0 0 LW * ? *)", "2026-05-01 00:00", "2026-05-29 00:00"),
    ("cron(0 0 ? * 6L *)", "2026-01-01 00:00", "2026-01-30 00:00"),
    ("cron(0 0 ? * FRIL *)", "2026-01-30 00:00", "2026-02-27 00:00"),
]


@pytest.mark.parametrize(("text", "moment", "expected"), NEXT)
def test_next_firing(text: str, moment: str, expected: str) -> None:
    """It is the first one strictly later than the moment."""
    assert at(expected) == cron(text).next_after(at(moment))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("cron(0 0 30 2 ? *)", "2026-01-01 00:00"),
        ("cron(0 0 * * ? 1999)", "2026-01-01 00:00"),
        ("cron(0 0 * * ? *)", "2199-12-31 00:00"),
        ("cron(0 0 * * ? *)", "2500-01-01 00:00"),
    ],
)
def test_schedule_without_a_next_firing(text: str, moment: str) -> None:
    """A day that never comes, and years that are over."""
    assert cron(text).next_after(at(moment)) is None
    assert cron(text).firings(at(moment), 3) == ()


def test_firings_are_as_many_as_asked_for() -> None:
    """In order; fewer where there are no more."""
    new_year = cron("cron(0 0 1 1 ? 2026-2028)")

    assert (at("2026-01-01"), at("2027-01-01")) == new_year.firings(at("2025-06-01"), 2)
    assert (at("2027-01-01"), at("2028-01-01")) == new_year.firings(at("2026-01-01"), 5)


def test_moment_of_another_zone_is_read_in_utc() -> None:
    """Half past one in Berlin in winter is half past midnight in UTC."""
    berlin = timezone(timedelta(hours=1))

    assert at("2026-01-01 01:00") == cron("cron(0 * * * ? *)").next_after(datetime(2026, 1, 1, 1, 30, tzinfo=berlin))


def test_moment_without_a_zone_is_refused() -> None:
    """It could mean any."""
    with pytest.raises(ValueError, match=r"^a schedule is in UTC: the moment needs a time zone$"):
        cron("cron(0 * * * ? *)").next_after(datetime(2026, 1, 1))  # noqa: DTZ001 -- what is refused


def test_seconds_count() -> None:
    """A moment after the full minute is later than it."""
    assert at("2026-01-01 01:00") == cron("cron(0 * * * ? *)").next_after(at("2026-01-01 00:00:01"))
    assert at("2026-01-01 00:00") == cron("cron(0 * * * ? *)").next_after(at("2025-12-31 23:59:59"))


def test_equal_schedules_are_equal_however_written() -> None:
    """A schedule is what it means."""
    assert cron("cron(0,30 8-9 ? JAN MON-FRI 2026)") == cron("cron(*/30 8,9 ? 1 2-6 2026)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cron(5 60 * * ? *)", [("SC004", "hours `60` is not within 0-23", "60")]),
        ("cron(  60   2 * * ? *)", [("SC003", "minutes `60` is not within 0-59", "60")]),
        (
            "cron(1,60,x 2 * * ? *)",
            [
                ("SC003", "minutes `60` is not within 0-59", "1,60,x"),
                ("SC003", "minutes `x` is not within 0-59", "1,60,x"),
            ],
        ),
        ("cron(1,,2 2 * * ? *)", [("SC003", "minutes `1,,2` has an empty item in its list", "1,,2")]),
        ("cron(1- 2 * * ? *)", [("SC003", "minutes `1-` is not within 0-59", "1-")]),
        ("cron(-1 2 * * ? *)", [("SC003", "minutes `-1` is not within 0-59", "-1")]),
        ("cron(*-5 2 * * ? *)", [("SC003", "minutes `*-5` is not within 0-59", "*-5")]),
        ("cron(? 2 * * ? *)", [("SC003", "minutes `?` is not within 0-59", "?")]),
        ("cron(L 2 * * ? *)", [("SC003", "minutes `L` is not within 0-59", "L")]),
        ("cron(0/0 2 * * ? *)", [("SC003", "minutes `0/0` has step `0`, which is not within 1-59", "0/0")]),
        ("cron(0/x 2 * * ? *)", [("SC003", "minutes `0/x` has step `x`, which is not within 1-59", "0/x")]),
        ("cron(0/ 2 * * ? *)", [("SC003", "minutes `0/` has step ``, which is not within 1-59", "0/")]),
        ("cron(0 2 32W * ? *)", [("SC005", "day of month `32W` is not within 1-31", "32W")]),
        ("cron(0 2 6L * ? *)", [("SC005", "day of month `6L` is not within 1-31", "6L")]),
        ("cron(0 2 1,? * * *)", [("SC005", "day of month `?` is not within 1-31", "1,?")]),
        ("cron(0 2 ? * 2W *)", [("SC007", "day of week `2W` is not within 1-7 or SUN-SAT", "2W")]),
        ("cron(0 2 ? * 8L *)", [("SC007", "day of week `8L` is not within 1-7 or SUN-SAT", "8L")]),
        ("cron(0 2 ? * FRI-MON *)", [("SC007", "day of week `FRI-MON` runs backwards", "FRI-MON")]),
        ("cron(0 2 1 13 ? 1969)", [
            ("SC006", "month `13` is not within 1-12 or JAN-DEC", "13"),
            ("SC008", "year `1969` is not within 1970-2199", "1969"),
        ]),
        ("cron(0 2 \u0661 * ? *)", [("SC005", "day of month `\u0661` is not within 1-31", "\u0661")]),
        ("cron(0 2 * * * *)", [("SC009", "day of month `*` and day of week `*` are both given", "*")]),
        ("cron(0 2 * * 9 *)", [("SC007", "day of week `9` is not within 1-7 or SUN-SAT", "9")]),
        ("cron(99 * * * ? *)", [("SC003", "minutes `99` is not within 0-59", "99")]),
        (" cron(0 2 * *)", [("SC001", "` cron(0 2 * *)` is not of the form `cron(...)`", " cron(0 2 * *)")]),
        ("CRON(0 2 * * ? *)", [("SC001", "`CRON(0 2 * * ? *)` is not of the form `cron(...)`", "CRON(0 2 * * ? *)")]),
        ("cron(   )", [("SC001", "the expression is empty", "cron(   )")]),
        (
            "cron(@daily)",
            [("SC002", "`@daily` is not a cron expression, the only kind that Glue knows", "cron(@daily)")],
        ),
    ],
)  # fmt: skip
def test_problems_stand_where_they_are(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each is told once, with the field that holds it, and nothing that follows from it."""
    assert expected == problems(text)


def test_problem_of_both_days_points_at_the_one_to_change() -> None:
    """The one that says every day, or else the day of the week."""
    places = [
        [(p.start, p.end) for p in parsed]
        for text in ("cron(0 2 * * MON *)", "cron(0 2 1 * * *)", "cron(0 2 1 * MON *)", "cron(0 2 ? * ? *)")
        if not isinstance(parsed := parse(text), Cron)
    ]

    assert places == [[(9, 10)], [(13, 14)], [(13, 16)], [(13, 14)]]


@pytest.mark.parametrize(
    ("text", "earlier", "later", "gap"),
    [
        ("cron(* 2 * * ? *)", "02:00", "02:01", "1 minute"),
        ("cron(0,4 2 * * ? *)", "02:00", "02:04", "4 minutes"),
        ("cron(0,58 2,3 * * ? *)", "02:58", "03:00", "2 minutes"),
        ("cron(2,58 0,23 * * ? *)", "23:58", "00:02", "4 minutes"),
        ("cron(0,58 0,23 1,L * ? *)", "23:58", "00:00", "2 minutes"),
    ],
)
def test_firings_too_close_are_refused(text: str, earlier: str, later: str, gap: str) -> None:
    """Within the hour, over the hour, over midnight, and over the end of a month."""
    message = f"firings at {earlier} and {later} are {gap} apart, and Glue allows no less than 5 minutes"

    assert problems(text) == [("SC010", message, text.split(maxsplit=1)[0].removeprefix("cron("))]


@pytest.mark.parametrize(
    "text",
    [
        "cron(0/5 * * * ? *)",
        "cron(0,5 2 * * ? *)",
        "cron(0,58 2,4 * * ? *)",
        "cron(3,58 0,23 * * ? *)",
        "cron(0,58 0,23 1 * ? *)",
        "cron(0,58 0,23 ? * MON *)",
        "cron(0,58 0,23 31 12 ? *)",
    ],
)
def test_firings_far_enough_apart_are_allowed(text: str) -> None:
    """Five minutes are enough; days that do not follow each other have no midnight between them."""
    assert isinstance(parse(text), Cron)


def test_frequency_is_judged_beside_a_problem_of_days() -> None:
    """But not over midnight, since the days are not known."""
    assert [code for code, _, _ in problems("cron(* * * * * *)")] == ["SC010", "SC009"]
    assert [code for code, _, _ in problems("cron(0,58 0,23 * * * *)")] == ["SC009"]


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    """Return what one field may hold: numbers, ranges, steps, and lists of them."""
    number = st.integers(low, high)
    item = st.one_of(
        number.map(str),
        st.tuples(number, number).map(lambda pair: f"{min(pair)}-{max(pair)}"),
        st.tuples(number, st.integers(1, high - low)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
        st.just("*"),
    )
    return st.lists(item, min_size=1, max_size=3).map(",".join)


@st.composite
def schedules(draw: st.DrawFn) -> Cron:
    """Make up a schedule that Glue takes."""
    month_days = draw(st.one_of(numbers(1, 31), st.sampled_from(("L", "LW", "15W", "1W,31W"))))
    week_days = draw(st.one_of(numbers(1, 7), st.sampled_from(("L", "6L", "MON-FRI"))))
    days = (month_days, "?") if draw(st.booleans()) else ("?", week_days)
    minutes = ",".join(
        map(str, draw(st.lists(st.integers(0, 11).map(lambda fifth: 5 * fifth), min_size=1, max_size=3)))
    )
    hours, months = draw(numbers(0, 23)), draw(numbers(1, 12))
    parsed = parse(f"cron({minutes} {hours} {days[0]} {months} {days[1]} {draw(numbers(2020, 2040))})")
    assume(isinstance(parsed, Cron))
    return parsed  # type: ignore[return-value]


YEARS = (datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001 -- hypothesis adds the zone
MOMENTS = st.datetimes(*YEARS, timezones=st.just(UTC))


@given(schedules(), MOMENTS)
def test_firings_are_later_in_order_and_match_their_fields(schedule: Cron, moment: datetime) -> None:
    """None between them is left out, and none stands closer than Glue allows."""
    firings = schedule.firings(moment, 20)

    assert all(earlier < later for earlier, later in pairwise((moment, *firings)))
    assert all(
        later - earlier >= timedelta(minutes=LEAST_MINUTES_BETWEEN_FIRINGS) for earlier, later in pairwise(firings)
    )
    assert all(later == schedule.next_after(earlier) for earlier, later in pairwise(firings))
    for firing in firings:
        assert firing.second == firing.microsecond == 0
        assert firing.minute in schedule.minutes
        assert firing.hour in schedule.hours
        assert firing.month in schedule.months
        assert firing.year in schedule.years
        if not (schedule.last_day or schedule.last_weekday or schedule.near_weekdays or schedule.last_of_month):
            assert firing.day in schedule.days_of_month or firing.isoweekday() % 7 + 1 in schedule.days_of_week


@given(schedules(), MOMENTS)
def test_no_day_is_left_out(schedule: Cron, moment: datetime) -> None:
    """Every day that matches the fields has its firings, told the slow way."""
    assume(not (schedule.last_day or schedule.last_weekday or schedule.near_weekdays or schedule.last_of_month))
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [day + timedelta(days=number) for number in range(1, 40)]
    matching = [
        one
        for one in days
        if one.year in schedule.years
        and one.month in schedule.months
        and (one.day in schedule.days_of_month or one.isoweekday() % 7 + 1 in schedule.days_of_week)
    ]
    first = timedelta(hours=schedule.hours[0], minutes=schedule.minutes[0])
    end_of_day = day + timedelta(days=1, microseconds=-1)

    if matching:
        assert matching[0] + first == schedule.next_after(end_of_day)
    else:
        following = schedule.next_after(end_of_day)
        assert following is None or following > days[-1]


@given(st.text(max_size=30) | st.lists(st.text("0123456789*/,-?LW#JANMO() ", max_size=6), max_size=8).map(" ".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never with an exception; problems lie within the text, and each has an owner and advice."""
    for written in (text, f"cron({text})"):
        parsed = parse(written)
        for problem in () if isinstance(parsed, Cron) else parsed:
            assert isinstance(problem, CronProblem)
            assert problem.code in {f"SC{number:03}" for number in range(1, 11)}
            assert 0 <= problem.start <= problem.end <= len(written)
            assert problem.help
