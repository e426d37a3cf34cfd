"""WF012 `colliding-schedules`."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations, islice
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import action_node
from gluedsl.model import walk
from gluedsl.model.cron import Cron, parse
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.schedules.schedule_rule import FIRST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Path, Workflow
    from gluedsl.rules.rule import Context

_DAYS = 400
"""How many days of the first schedule are looked at: more than a year of them, if it fires on all."""


def _meeting(one: Cron, other: Cron) -> datetime | None:
    """Return a moment at which both fire."""
    minutes, hours = set(one.minutes) & set(other.minutes), set(one.hours) & set(other.hours)
    years = set(one.years) & set(other.years)
    if not minutes or not hours or not years:
        return None
    begin = datetime(max(min(years), FIRST_YEAR), 1, 1, tzinfo=UTC)
    for day in islice(one.days_from(begin), _DAYS):
        if next(other.days_from(day), None) == day:
            return day.replace(hour=min(hours), minute=min(minutes))
    return None


class CollidingSchedules(Rule):
    """Two workflows start one job or crawler at the same moment.

    ## What it does

    Reports jobs that run once at a time, and crawlers, which the schedules of two workflows start in the same minute.

    ## Why is this bad

    The second of the two runs fails, every time.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow, daily

    orders = Workflow("orders", start=daily("02:00"), role="GlueJobRole")
    returns = Workflow("returns", start=daily("02:00"), role="GlueJobRole")
    rates = orders.add(PythonShellJob("rates", script="s3://scripts/rates.py"))
    returns.add(rates)
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow, daily

    orders = Workflow("orders", start=daily("02:00"), role="GlueJobRole")
    returns = Workflow("returns", start=daily("03:00"), role="GlueJobRole")
    rates = orders.add(PythonShellJob("rates", script="s3://scripts/rates.py"))
    returns.add(rates)
    ```
    """

    code = "WF012"
    name = "colliding-schedules"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_ExecutionProperty.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each node that two schedules start in one minute."""
        queues = {
            job.name
            for job in context.project.jobs
            if job.job_run_queuing_enabled or is_above(job.max_concurrent_runs, 1)
        }
        known = {job.name for job in context.project.jobs}
        starts: dict[Node, list[tuple[Path, Workflow, Cron]]] = {}
        for path, workflow, trigger in walk.triggers(context.project):
            schedule = parse(trigger.schedule) if trigger.type == "SCHEDULED" and trigger.schedule else None
            if not isinstance(schedule, Cron) or not trigger.enabled:
                continue
            for place, action in walk.actions(path, trigger):
                node = action_node(action)
                if node is not None and (node.type == "CRAWLER" or (node.name in known and node.name not in queues)):
                    starts.setdefault(node, []).append((place, workflow, schedule))
        for node, several in starts.items():
            for (first, one, cron), (second, other, other_cron) in combinations(several, 2):
                meeting = _meeting(cron, other_cron) if one is not other else None
                if meeting is not None:
                    yield self.finding(
                        f"workflows `{one.name}` and `{other.name}` start {node} at the same moment, "
                        f"for example at {meeting:%Y-%m-%d %H:%M} UTC",
                        context.span(*second),
                        related=related((context.span(*first), f"workflow `{one.name}` starts it here")),
                        help=("let one of the two begin later, or start both from one workflow",),
                    )
                    break
