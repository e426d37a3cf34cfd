"""Rules about when a schedule fires: SC012, SC013."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.rules import project, says, scheduled, told

if TYPE_CHECKING:
    from gluedsl.model import Project


def test_day_that_some_months_lack_is_doubtful() -> None:
    """Which they are is told."""
    assert told(project(scheduled("cron(0 2 31 * ? *)"))) == says("""
        SC012 warning at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` does not fire in February, April and 3 others, which have no day 31 in every year
          help: write `L` for the last day of each month
    """)  # noqa: E501 -- a message is one line
    assert told(project(scheduled("cron(0 2 29,30 * ? *)"))) == says("""
        SC012 warning at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` does not fire in February, which has no day 29 in every year
          help: write `L` for the last day of each month
    """)
    assert told(project(scheduled("cron(0 2 31W JAN-APR ? *)"))) == says("""
        SC012 warning at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` does not fire in February and April, which have no day 31 in every year
          help: write `L` for the last day of each month
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(scheduled("cron(0 2 28 * ? *)")),
        project(scheduled("cron(0 2 L * ? *)")),
        project(scheduled("cron(0 2 1,31 * ? *)")),
        project(scheduled("cron(0 2 31 JAN,MAR ? *)")),
        project(scheduled("cron(0 2 ? * 6L *)")),
        project(scheduled("cron(0 2 LW * ? *)")),
        project(scheduled("cron(0 2 * * ? *)")),
    ],
)
def test_day_that_all_months_have_is_allowed(of: Project) -> None:
    """Or that is one of several, the last, or of a month that has it."""
    assert told(of) == ""


def test_schedule_that_never_fires_is_refused() -> None:
    """For want of a day, or of a year to come."""
    assert told(project(scheduled("cron(0 2 30 FEB ? *)"))) == says("""
        SC013 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` never fires
          note: it names no day that there is from 2026 on
          help: choose a day that its months have, and years to come
    """)
    assert told(project(scheduled("cron(0 2 1 1 ? 2020-2025)"))) == says("""
        SC013 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` never fires
          note: it names no day that there is from 2026 on
          help: choose a day that its months have, and years to come
    """)
    assert told(project(scheduled("cron(0 2 29 FEB ? 2027)"))) == says("""
        SC013 error at workflows.0.triggers.0.schedule
          schedule of trigger `nightly` never fires
          note: it names no day that there is from 2026 on
          help: choose a day that its months have, and years to come
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(scheduled("cron(0 2 1 1 ? 2026)")),
        project(scheduled("cron(0 2 1 1 ? 2199)")),
        project(scheduled("cron(0 2 29 FEB ? 2028)")),
    ],
)
def test_schedule_that_fires_once_is_allowed(of: Project) -> None:
    """However late."""
    assert told(of) == ""
