"""Schedules of triggers and crawlers: what Glue refuses of one."""

from __future__ import annotations

from gluedsl.local.service.failure import invalid
from gluedsl.model import cron


def check_schedule(expression: str) -> None:
    """Raise unless Glue would keep this schedule."""
    match cron.parse(expression):
        case cron.Cron():
            return
        case problems:
            message = f"Schedule {expression} is not valid: {'; '.join(problem.message for problem in problems)}"
            raise invalid(message)
