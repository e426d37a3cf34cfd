"""Rules about runs that meet, and about how much there is: WF, EV006, GR010, TR030, QT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.rules import after, crawler, job, project, says, spark, start, told, workflow

if TYPE_CHECKING:
    from gluedsl.model import Job, Project, Trigger, Workflow


LOAD = start("sales-start", "job load")
UPLOADS = start("uploads", "job load", type="EVENT")


def limited(most: Any, *triggers: Trigger, load: Job | None = None) -> Project:
    """Return a project of one workflow that limits its runs."""
    return project(workflow(*triggers or (LOAD,), max_concurrent_runs=most), *([load] if load else []))


def daily(name: str, hour: int, *started: str, **settings: Any) -> Workflow:
    """Return a workflow that starts every day at an hour."""
    schedule = f"cron(0 {hour} * * ? *)"
    return workflow(start(f"{name}-start", *started, type="SCHEDULED", schedule=schedule, **settings), name=name)


def test_workflow_runs_once_at_least() -> None:
    """A fraction is no number of runs."""
    assert told(limited(0)) == says("""
        WF005 error at workflows.0.max_concurrent_runs
          workflow `sales` has a maximum of 0 concurrent runs, and 1 is the least
          help: leave it out for no limit
    """)
    assert told(limited(-1)) == says("""
        WF005 error at workflows.0.max_concurrent_runs
          workflow `sales` has a maximum of -1 concurrent runs, and 1 is the least
          help: leave it out for no limit
    """)
    assert told(limited(1.5)) == says("""
        WF005 error at workflows.0.max_concurrent_runs
          `max_concurrent_runs` of workflow `sales` is of type `float`, and Glue takes a whole number
    """)


def test_workflow_that_runs_more_often_than_its_jobs_is_doubtful() -> None:
    """With the first job, and how many others."""
    assert told(limited(3)) == says("""
        WF010 warning at workflows.0.max_concurrent_runs
          workflow `sales` allows 3 runs at once, and job `load` allows 1 run
          related jobs.0: job `load`
          note: where two runs meet in a job, the second run of the job fails
          help: let the jobs run as often, let their runs queue, or let the workflow run less often
    """)
    assert told(
        limited(3, start("sales-start", "job a", "job b", "job load"), load=job("load", max_concurrent_runs=3))
    ) == says("""
        WF010 warning at workflows.0.max_concurrent_runs
          workflow `sales` allows 3 runs at once, and job `a` and job `b` allow fewer
          related jobs.1: job `a`
          note: where two runs meet in a job, the second run of the job fails
          help: let the jobs run as often, let their runs queue, or let the workflow run less often
    """)


@pytest.mark.parametrize(
    "of",
    [
        limited(1),
        limited(3, load=job("load", max_concurrent_runs=3)),
        limited(3, load=job("load", job_run_queuing_enabled=True)),
        limited(None),
    ],
)
def test_workflow_that_runs_as_often_as_its_jobs_is_allowed(of: Project) -> None:
    """Or whose job queues; without a limit, nobody has said that its runs meet."""
    assert told(of) == ""


def test_workflow_with_a_crawler_that_runs_more_than_once_is_doubtful() -> None:
    """Each crawler is one."""
    assert told(limited(2, start("sales-start", "crawler a"))) == says("""
        WF011 warning at workflows.0.max_concurrent_runs
          workflow `sales` allows 2 runs at once, and crawler `a` runs once at a time
          help: allow one run at a time
    """)
    assert told(limited(2, start("sales-start", "crawler a", "crawler b"))) == says("""
        WF011 warning at workflows.0.max_concurrent_runs
          workflow `sales` allows 2 runs at once, and crawler `a` and crawler `b` run once at a time
          help: allow one run at a time
    """)


@pytest.mark.parametrize(
    "of",
    [
        limited(1, start("sales-start", "crawler a")),
        limited(None, start("sales-start", "crawler a")),
    ],
)
def test_workflow_with_a_crawler_that_runs_once_is_allowed(of: Project) -> None:
    """Or says nothing."""
    assert told(of) == ""


def test_two_schedules_that_start_one_job_at_once_collide() -> None:
    """A moment at which they do is told."""
    assert told(project(daily("orders", 2, "job rates"), daily("returns", 2, "job rates"))) == says("""
        WF012 warning at workflows.1.triggers.0.actions.0
          workflows `orders` and `returns` start job `rates` at the same moment, for example at 2026-01-01 02:00 UTC
          related workflows.0.triggers.0.actions.0: workflow `orders` starts it here
          help: let one of the two begin later, or start both from one workflow
    """)
    assert told(
        project(
            daily("orders", 2, "crawler rates"),
            workflow(
                start("returns-start", "crawler rates", type="SCHEDULED", schedule="cron(0/30 2 ? * MON *)"),
                name="returns",
            ),
        )
    ) == says("""
        WF012 warning at workflows.1.triggers.0.actions.0
          workflows `orders` and `returns` start crawler `rates` at the same moment, for example at 2026-01-05 02:00 UTC
          related workflows.0.triggers.0.actions.0: workflow `orders` starts it here
          help: let one of the two begin later, or start both from one workflow
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(daily("orders", 2, "job rates"), daily("returns", 3, "job rates")),
        project(daily("orders", 2, "job rates"), daily("returns", 2, "job rates"), job("rates", max_concurrent_runs=2)),
        project(
            daily("orders", 2, "job rates"),
            daily("returns", 2, "job rates"),
            job("rates", job_run_queuing_enabled=True),
        ),
        project(daily("orders", 2, "job rates"), daily("returns", 2, "job rates", enabled=False)),
        project(
            workflow(start("one", "job rates", type="SCHEDULED", schedule="cron(0 2 1 * ? *)"), name="one"),
            workflow(start("two", "job rates", type="SCHEDULED", schedule="cron(0 2 2 * ? *)"), name="two"),
        ),
    ],
)
def test_two_schedules_that_never_meet_do_not_collide(of: Project) -> None:
    """Nor do those of a job that may run twice, or one that is disabled."""
    assert told(of) == ""


def test_events_are_lost_where_runs_are_limited() -> None:
    """It is an information."""
    assert told(limited(1, UPLOADS)) == says("""
        EV006 info at workflows.0.max_concurrent_runs
          workflow `sales` loses events that come while it has 1 run
          note: Glue starts no run for them, and does not try again
          help: let each run take all that has come in, not what its events name
    """)


@pytest.mark.parametrize(
    "of",
    [
        limited(None, UPLOADS),
        limited(1),
    ],
)
def test_events_without_a_limit_are_not_lost(of: Project) -> None:
    """Nor are starts of another kind."""
    assert told(of) == ""


def test_workflow_of_more_than_a_hundred_components_is_doubtful() -> None:
    """What they are is told."""
    assert told(
        project(
            start("sales-start", "job j0"),
            after("more", ["job j0"], *(f"job j{n}" for n in range(1, 51))),
            after("rest", ["job j0"], *(f"job j{n}" for n in range(51, 98))),
        )
    ) == says("""
        WF008 warning at workflows.0
          workflow `sales` has 101 components, and AWS asks for 100 at most
          note: it has 98 jobs and 3 triggers
          note: beyond, stopping and resuming a run may fail
          help: make two workflows of it
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(
            start("sales-start", "job j0"),
            after("more", ["job j0"], *(f"job j{n}" for n in range(1, 51))),
            after("rest", ["job j0"], *(f"job j{n}" for n in range(51, 97))),
        ),
    ],
)
def test_workflow_of_a_hundred_components_is_allowed(of: Project) -> None:
    """Each job, crawler and trigger is one."""
    assert told(of) == ""


def test_trigger_that_starts_more_than_an_account_runs_is_doubtful() -> None:
    """The units are told."""
    assert told(
        project(
            start("sales-start", "job a", "job b"),
            spark("a", worker_type="G.8X", workers=100),
            spark("b", worker_type="G.8X", workers=26),
        )
    ) == says("""
        GR010 warning at workflows.0.triggers.0.actions
          trigger `sales-start` starts jobs of 1,008 DPUs at once, and Glue gives an account 1,000 at most
          note: the quota is 500 in some regions; AWS raises it on request
          help: let some of the jobs wait for others, or have fewer workers
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(
            start("sales-start", "job a", "job b", "job c"),
            spark("a", worker_type="G.8X", workers=100),
            spark("b", worker_type="G.8X", workers=25),
        ),
    ],
)
def test_trigger_that_starts_what_an_account_runs_is_allowed(of: Project) -> None:
    """Python shell jobs have a quota of their own."""
    assert told(of) == ""


def test_names_that_differ_in_case_are_told_apart_by_glue_alone() -> None:
    """In triggers, jobs and crawlers; it is an information."""
    assert told(
        project(start("go", "job load", "crawler Catalog"), after("Go", ["job load"], "job LOAD", "crawler catalog"))
    ) == says("""
        TR030 info at workflows.0.triggers.1.name
          trigger `Go` differs from trigger `go` only in its case
          related workflows.0.triggers.0.name: the other is here
          help: give one of the two another name
        TR030 info at jobs.1.name
          job `LOAD` differs from job `load` only in its case
          related jobs.0.name: the other is here
          help: give one of the two another name
        TR030 info at crawlers.1.name
          crawler `catalog` differs from crawler `Catalog` only in its case
          related crawlers.0.name: the other is here
          help: give one of the two another name
    """)


@pytest.mark.parametrize(
    ("code", "noun", "limit", "place"),
    [
        ("QT002", "triggers", 1_000, "workflows.0.triggers.1000"),
        ("QT003", "jobs", 2_000, "jobs.2000"),
        ("QT008", "crawlers", 1_000, "crawlers.1000"),
    ],
)
def test_more_than_an_account_may_have_is_an_information(code: str, noun: str, limit: int, place: str) -> None:
    """The number is told, and the quota, at the first that is too many."""

    def lines(count: int) -> list[str]:
        triggers = [after(f"t{number}", ["job load"], "job load") for number in range(count - 1)]
        of = {
            "triggers": project(LOAD, *triggers),
            "jobs": project(LOAD, job("load"), *(job(f"j{number}") for number in range(count - 1))),
            "crawlers": project(LOAD, *(crawler(f"c{number}") for number in range(count))),
        }[noun]
        found = told(of).splitlines()
        begin = next((index for index, line in enumerate(found) if line.startswith(code)), len(found))
        return found[begin : begin + 4]

    assert lines(limit) == []
    assert lines(limit + 1) == [
        f"{code} info at {place}",
        f"  the project has {limit + 1:,} {noun}, and Glue allows an account {limit:,}",
        "  label: one too many",
        "  note: the limit is a quota that AWS can raise for an account",
    ]


def test_more_workflows_than_an_account_may_have_are_an_information() -> None:
    """That there are as many triggers follows."""
    flows = [workflow(start(f"start-{number}", "job load"), name=f"flow-{number}") for number in range(1_001)]

    assert told(project(*flows[1:])) == ""
    assert told(project(*flows)) == says("""
        QT001 info at workflows.1000
          the project has 1,001 workflows, and Glue allows an account 1,000
          label: one too many
          note: the limit is a quota that AWS can raise for an account
    """)
