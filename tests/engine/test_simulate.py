"""Runs in virtual time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from gluedsl.engine import (
    BEGINNING,
    DEFAULT_DURATION,
    ActionEnded,
    ActionTimedOut,
    Performance,
    Policies,
    Scenario,
    begin,
    simulate,
    started_node,
    step,
    timeout_of,
)
from gluedsl.errors import UsageError
from gluedsl.model import Job, RemoteScript
from tests.support.engine import ends, node, start_trigger, starts, when_all, when_any, workflow
from tests.support.generated import workflows

if TYPE_CHECKING:
    from gluedsl.engine import EndState, Simulation, StartCrawl, StartJobRun
    from gluedsl.model import Workflow
    from gluedsl.model.jobs import JobKind
    from gluedsl.runs import NodeRuns

DAILY = workflow(
    start_trigger("load", "crawl"),
    when_all("good", ends("load"), ends("crawl"), then=("publish",)),
    when_any("bad", ends("load", "FAILED"), ends("load", "TIMEOUT"), then=("page",)),
    properties={"env": "prod"},
)
SHARED = workflow(start_trigger("a", "b"), when_all("x", ends("a"), then=("s",)), when_all("y", ends("b"), then=("s",)))
"""`s` is started twice, at the same moment unless `a` and `b` take unequally long."""


def a_job(
    name: str,
    *,
    max_retries: int | None = None,
    max_concurrent_runs: int | None = None,
    queuing: bool | None = None,
    timeout_minutes: int | None = None,
) -> Job:
    """Return a job as far as simulation looks at it."""
    return Job(
        name=name,
        kind="pythonshell",
        code=RemoteScript(uri="s3://scripts/job.py"),
        role=None,
        max_retries=max_retries,
        max_concurrent_runs=max_concurrent_runs,
        job_run_queuing_enabled=queuing,
        timeout_minutes=timeout_minutes,
    )


def scenario(*, minutes: dict[str, float] | None = None, **outcomes: EndState | tuple[EndState, ...]) -> Scenario:
    """Return a scenario that speaks of jobs and crawlers by name."""
    return Scenario(
        outcomes={node(name): (end,) if isinstance(end, str) else end for name, end in outcomes.items()},
        durations={node(name): timedelta(minutes=length) for name, length in (minutes or {}).items()},
    )


def runs(simulation: Simulation, name: str) -> NodeRuns:
    """Return what ran of a job or crawler."""
    return next(found for found in simulation.snapshot.nodes if found.node == node(name))


def states(simulation: Simulation) -> dict[str, list[str]]:
    """Return the state of each run, by job and crawler."""
    return {found.node.name: [run.state for run in found.runs] for found in simulation.snapshot.nodes}


def times(simulation: Simulation, name: str) -> list[tuple[float, float]]:
    """Return when the runs of a job or crawler began and ended, in minutes."""
    return [
        ((run.started_on - BEGINNING).total_seconds() / 60, (run.completed_on - BEGINNING).total_seconds() / 60)
        for run in runs(simulation, name).runs
        if run.started_on is not None and run.completed_on is not None
    ]


def test_all_goes_well_unless_something_else_is_said() -> None:
    """Every job and crawler succeeds and takes a minute; what starts together runs together."""
    simulation = simulate(DAILY)
    assert states(simulation) == {"load": ["SUCCEEDED"], "crawl": ["SUCCEEDED"], "publish": ["SUCCEEDED"], "page": []}
    assert timedelta(minutes=1) == DEFAULT_DURATION
    assert [times(simulation, name) for name in ("load", "crawl", "publish")] == [[(0, 1)], [(0, 1)], [(1, 2)]]
    assert simulation.snapshot.status == "COMPLETED"
    assert simulation.snapshot.outcome == "SUCCEEDED"
    assert simulation.snapshot.completed_on == BEGINNING + timedelta(minutes=2)
    assert simulation.snapshot.run_id == "wr_" + "0" * 64


def test_outcomes_and_durations() -> None:
    """A trigger fires at the moment at which what it waits for has ended."""
    simulation = simulate(DAILY, scenario(load="FAILED", minutes={"load": 1.5, "crawl": 10}))
    assert states(simulation) == {"load": ["FAILED"], "crawl": ["SUCCEEDED"], "publish": [], "page": ["SUCCEEDED"]}
    assert times(simulation, "page") == [(1.5, 2.5)]
    assert simulation.snapshot.completed_on == BEGINNING + timedelta(minutes=10)
    (load,) = runs(simulation, "load").runs
    assert load.error == "given outcome: FAILED"


def test_attempts_end_one_after_the_other_as_given() -> None:
    """Several outcomes are those of successive runs, the last of them going on; retries are the job's."""
    jobs = [a_job("load", max_retries=2)]
    saved = simulate(DAILY, scenario(load=("FAILED", "SUCCEEDED")), jobs=jobs)
    assert states(saved)["load"] == ["FAILED", "SUCCEEDED"]
    assert times(saved, "load") == [(0, 1), (1, 2)]
    assert saved.snapshot.outcome == "SUCCEEDED"
    lost = simulate(DAILY, scenario(load="FAILED"), jobs=jobs)
    assert states(lost)["load"] == ["FAILED", "FAILED", "FAILED"]
    assert times(lost, "page") == [(3, 4)]


def test_a_job_that_takes_longer_than_its_timeout() -> None:
    """It ends in TIMEOUT, at that moment, and is not retried."""
    simulation = simulate(
        DAILY, scenario(minutes={"load": 60}), jobs=[a_job("load", timeout_minutes=30, max_retries=3)]
    )
    assert states(simulation)["load"] == ["TIMEOUT"]
    assert times(simulation, "load") == [(0, 30)]
    assert times(simulation, "page") == [(30, 31)]
    (load,) = runs(simulation, "load").runs
    assert load.error == "Job has timed out"
    assert [type(event) for event in simulation.events].count(ActionTimedOut) == 1


def test_the_timeout_of_a_trigger_wins() -> None:
    """An action may give a job more or less time than the job itself says.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html: "This overrides the timeout value set in the
    parent job."
    """
    design = workflow(start_trigger(starts("load", timeout_minutes=5)))
    short = simulate(design, scenario(minutes={"load": 60}), jobs=[a_job("load", timeout_minutes=30)])
    assert times(short, "load") == [(0, 5)]
    unknown = simulate(design, scenario(minutes={"load": 60}))
    assert times(unknown, "load") == [(0, 5)]
    just = simulate(design, scenario(minutes={"load": 5}))
    assert states(just) == {"load": ["SUCCEEDED"]}


@pytest.mark.parametrize(
    ("kind", "version", "minutes"),
    [
        ("glueetl", "5.0", 480),
        ("glueetl", "auto", 480),
        ("glueetl", "4.0", 2880),
        ("glueetl", None, 2880),
        ("glueray", "4.0", 2880),
        ("pythonshell", "5.0", 2880),
        ("gluestreaming", "5.0", None),
    ],
)
def test_the_timeout_of_a_job_that_names_none(kind: JobKind, version: str | None, minutes: int | None) -> None:
    """Two days; eight hours for Spark from Glue 5 on; none for a job that is meant to go on for ever.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html, Timeout.
    """
    job = Job(name="j", kind=kind, code=RemoteScript(uri="s3://s/j.py"), role=None, glue_version=version)
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert timeout_of(starts("j"), job) == expected
    assert timeout_of(starts("j"), None) is None


def test_a_job_at_its_limit_fails() -> None:
    """A job may run once at a time unless it says otherwise; the second start fails at once."""
    simulation = simulate(SHARED)
    assert states(simulation)["s"] == ["SUCCEEDED", "FAILED"]
    assert times(simulation, "s") == [(1, 2), (1, 1)]
    apart = simulate(SHARED, scenario(minutes={"b": 5}))
    assert states(apart)["s"] == ["SUCCEEDED", "SUCCEEDED"]
    roomy = simulate(SHARED, jobs=[a_job("s", max_concurrent_runs=2)])
    assert times(roomy, "s") == [(1, 2), (1, 2)]


def test_a_job_at_its_limit_waits_if_it_queues() -> None:
    """It begins when the run before it has ended."""
    simulation = simulate(SHARED, jobs=[a_job("s", queuing=True)])
    assert states(simulation)["s"] == ["SUCCEEDED", "SUCCEEDED"]
    assert times(simulation, "s") == [(1, 2), (2, 3)]


def test_a_retry_comes_before_what_waits() -> None:
    """The slot of an attempt that failed goes to the next attempt, and then to the queue."""
    simulation = simulate(SHARED, scenario(s=("FAILED", "SUCCEEDED")), jobs=[a_job("s", queuing=True, max_retries=1)])
    assert [(run.attempt, run.state) for run in runs(simulation, "s").runs] == [
        (0, "FAILED"),
        (1, "SUCCEEDED"),
        (0, "SUCCEEDED"),
    ]
    assert times(simulation, "s") == [(1, 2), (2, 3), (3, 4)]


def test_a_slot_that_is_free_by_the_time_that_a_job_queues() -> None:
    """A job run of no length has ended before the next is refused, which then runs without waiting."""
    simulation = simulate(SHARED, scenario(minutes={"s": 0}), jobs=[a_job("s", queuing=True)])
    assert states(simulation)["s"] == ["SUCCEEDED", "SUCCEEDED"]
    assert times(simulation, "s") == [(1, 1), (1, 1)]


def test_a_crawler_that_is_started_twice_at_once() -> None:
    """The second crawl is in ERROR: a crawler runs once at a time."""
    design = workflow(start_trigger("crawl", "crawl"))
    assert states(simulate(design)) == {"crawl": ["SUCCEEDED", "ERROR"]}


def test_stopping() -> None:
    """What runs is stopped at that moment, also what waits, and nothing starts any more."""
    simulation = simulate(DAILY, stop_after=timedelta(seconds=90))
    assert states(simulation) == {"load": ["SUCCEEDED"], "crawl": ["SUCCEEDED"], "publish": ["STOPPED"], "page": []}
    assert simulation.snapshot.status == "STOPPED"
    assert simulation.snapshot.completed_on == BEGINNING + timedelta(seconds=90)
    crawled = simulate(workflow(start_trigger("crawl")), stop_after=timedelta())
    assert states(crawled) == {"crawl": ["CANCELLED"]}
    late = simulate(DAILY, stop_after=timedelta(hours=1))
    assert late.snapshot.status == "COMPLETED"


def test_stopping_what_waits() -> None:
    """A job run in a queue never begins once the run is stopped."""
    begun = []

    def perform(command: StartJobRun | StartCrawl, nth: int) -> Performance:
        begun.append((started_node(command).name, nth))
        return Performance()

    simulation = simulate(SHARED, perform, jobs=[a_job("s", queuing=True)], stop_after=timedelta(seconds=90))
    assert states(simulation)["s"] == ["STOPPED", "STOPPED"]
    assert begun == [("a", 0), ("b", 0), ("s", 0)]


def test_a_function_may_say_how_things_go() -> None:
    """It sees what is started and how often that was started before, and may put run properties."""
    seen = []

    def perform(command: StartJobRun | StartCrawl, nth: int) -> Performance:
        seen.append((started_node(command).name, command.trigger, nth))
        if started_node(command).name == "load":
            return Performance(end="FAILED", error="boom", puts={"rows": str(nth)})
        return Performance(takes=timedelta(minutes=5))

    simulation = simulate(DAILY, perform, jobs=[a_job("load", max_retries=1)], properties={"day": "monday"})
    assert seen == [("load", "start", 0), ("crawl", "start", 0), ("load", "start", 1), ("page", "bad", 0)]
    assert simulation.snapshot.properties == {"env": "prod", "day": "monday", "rows": "1"}
    assert [run.error for run in runs(simulation, "load").runs] == ["boom", "boom"]


def test_ends_that_cannot_be() -> None:
    """A job is not cancelled and a crawler not stopped, and nothing ends before it began."""
    with pytest.raises(UsageError) as job:
        simulate(DAILY, scenario(load="CANCELLED"))
    assert job.value.message == "job `load` cannot end in CANCELLED"
    assert job.value.hint == "a job ends in SUCCEEDED, FAILED, TIMEOUT, STOPPED, ERROR, EXPIRED"
    with pytest.raises(UsageError) as crawler:
        simulate(DAILY, scenario(crawl="STOPPED"))
    assert crawler.value.hint == "a crawler ends in SUCCEEDED, FAILED, CANCELLED, ERROR"
    with pytest.raises(UsageError) as early:
        simulate(DAILY, scenario(minutes={"load": -1}))
    assert early.value.message == "job `load` cannot take -60 seconds"
    assert early.value.hint == "it takes no less than nothing, and no more than 366 days"
    with pytest.raises(UsageError) as late:
        simulate(DAILY, scenario(minutes={"crawl": 366 * 24 * 60 + 1}))
    assert late.value.message == "crawler `crawl` cannot take 3.16225e+07 seconds"


def test_a_run_that_never_ends_is_refused() -> None:
    """Where a policy lets triggers fire again, a cycle goes round until the simulator has had enough of it."""
    circle = workflow(
        start_trigger("a"), when_all("forth", ends("a"), then=("b",)), when_all("back", ends("b"), then=("a",))
    )
    assert states(simulate(circle)) == {"a": ["SUCCEEDED", "SUCCEEDED"], "b": ["SUCCEEDED"]}
    never = workflow(start_trigger("a"), when_all("again", ends("a"), then=("a",)))
    with pytest.raises(UsageError) as error:
        simulate(never, policies=Policies(trigger_fires="again"))
    assert error.value.message == "a run of workflow `nightly` does not end: 3000 starts, and more to come"
    assert error.value.hint == "policy trigger_fires=again lets a cycle go round for ever"


def test_a_run_that_a_policy_keeps_open() -> None:
    """With nothing left to happen the simulation is over, whether or not the run is."""
    simulation = simulate(DAILY, policies=Policies(completion="all_ended"))
    assert simulation.snapshot.status == "RUNNING"
    assert simulation.snapshot.completed_on is None


@given(workflows())
def test_the_events_give_the_run(design: Workflow) -> None:
    """Told to the engine one by one, the events of a simulation give its last state; a second simulation is equal."""
    simulation = simulate(design)
    state = begin(design, run_id=simulation.state.run_id, at=BEGINNING).state
    for event in simulation.events:
        state = step(state, event).state
    assert state == simulation.state
    assert simulate(design) == simulation
    assert [event.at for event in simulation.events] == sorted(event.at for event in simulation.events)
    assert sum(isinstance(event, ActionEnded) for event in simulation.events) <= len(simulation.state.actions)
