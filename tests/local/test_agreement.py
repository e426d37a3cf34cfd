"""The local Glue and the simulator agree: two drivers of one engine, the same history of the same workflow.

Once with jobs that take no time, to the outcome; once with jobs that take their time, to the microsecond.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gluedsl.engine import (
    BEGINNING,
    ActionEnded,
    ActionStarted,
    Performance,
    PropertiesPut,
    Scenario,
    StartRefused,
    StopRequested,
    simulate,
    started_node,
)
from gluedsl.graph.build import watched_nodes
from gluedsl.local.clock import ManualClock
from gluedsl.local.work import Ended
from gluedsl.model import Action, Job, RemoteScript, Trigger, Workflow
from gluedsl.spelling import trigger_to_api
from tests.support.engine import node
from tests.support.generated import CRAWL_ENDS, JOB_ENDS, NAMES, workflows
from tests.support.local import Api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.engine import EndState, Simulation, StartCrawl, StartJobRun
    from gluedsl.local.work import Listener, Work
    from gluedsl.runs import RunSnapshot

JOB_NAMES = tuple(name for name in NAMES if not name.startswith("crawl"))


@st.composite
def outcomes(draw: st.DrawFn) -> dict[str, EndState]:
    """Generate how each job and crawler ends."""
    return {name: draw(st.sampled_from(CRAWL_ENDS if name.startswith("crawl") else JOB_ENDS)) for name in NAMES}


@st.composite
def jobs(draw: st.DrawFn) -> tuple[Job, ...]:
    """Generate what matters of the jobs: retries, how many runs may go on, and whether the others wait."""
    choices: list[dict[str, Any]] = [{"max_retries": 0}, {"max_retries": 2}, {"job_run_queuing_enabled": True}]
    return tuple(
        Job(
            name=name,
            kind="pythonshell",
            code=RemoteScript(uri="s3://lake/scripts/job.py"),
            role=None,
            max_concurrent_runs=draw(st.integers(1, 2)),
            **draw(st.sampled_from(choices)),
        )
        for name in JOB_NAMES
    )


def legal(workflow: Workflow) -> Workflow:
    """Return what Glue takes of a workflow: no trigger starts what it watches, nor more than two crawlers."""
    return replace(workflow, triggers=tuple(filter(None, map(_legal, workflow.triggers))))


def _legal(trigger: Trigger) -> Trigger | None:
    conditions = trigger.predicate.conditions if trigger.predicate else ()
    heard = tuple(
        condition
        for condition in conditions
        if condition.state in {"SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT"}
        or condition.crawl_state in {"SUCCEEDED", "FAILED", "CANCELLED"}
    )
    watched = {condition.job_name or condition.crawler_name for condition in heard}
    actions = [action for action in trigger.actions if (action.job_name or action.crawler_name) not in watched]
    crawlers = [action for action in actions if action.crawler_name]
    kept = tuple(action for action in actions if action.job_name or action in crawlers[:2])[: _fit(actions)]
    if not kept or (trigger.type == "CONDITIONAL" and not heard):
        return None
    predicate = replace(trigger.predicate, conditions=heard) if trigger.predicate else None
    return replace(trigger, actions=kept, predicate=predicate)


def _fit(actions: list[Action]) -> int:
    """Return how many of the actions there are before a third crawler."""
    places = [place for place, action in enumerate(actions) if action.crawler_name]
    return places[2] if len(places) > 2 else len(actions)


def deployed(workflow: Workflow, its_jobs: tuple[Job, ...], **settings: Any) -> Api:
    """Return a service that holds a workflow and all jobs and crawlers."""
    api = Api(**settings)
    for job in its_jobs:
        api.job(
            job.name,
            MaxRetries=job.max_retries or 0,
            ExecutionProperty={"MaxConcurrentRuns": job.max_concurrent_runs},
            JobRunQueuingEnabled=bool(job.job_run_queuing_enabled),
        )
    for name in NAMES:
        if name.startswith("crawl"):
            api.crawler(name)
    api("CreateWorkflow", Name=workflow.name)
    for trigger in workflow.triggers:
        api("CreateTrigger", **trigger_to_api(trigger, workflow.name))
    return api


def history(run: RunSnapshot) -> dict[str, Any]:
    """Return what a run came to, without ids and times."""
    return {
        "status": run.status,
        "outcome": run.outcome,
        "statistics": run.statistics,
        "fired": sorted(trigger.name for trigger in run.triggers if trigger.fired_at is not None),
        "runs": {
            each.node: sorted((ran.attempt, ran.trigger, ran.state, ran.error) for ran in each.runs)
            for each in run.nodes
        },
    }


@settings(max_examples=150, deadline=None)
@given(workflows(), jobs(), outcomes())
def test_the_local_glue_and_the_simulator_agree(
    generated: Workflow, its_jobs: tuple[Job, ...], ends: dict[str, EndState]
) -> None:
    """Whatever the workflow and however its jobs and crawlers end, both see the same run."""
    workflow = legal(generated)
    api = deployed(workflow, its_jobs, outcomes=ends)
    scenario = Scenario(outcomes={node(name): (end,) for name, end in ends.items()})

    run_id = api("StartWorkflowRun", Name=workflow.name)["RunId"]
    seen = api.service.snapshot(workflow.name, run_id)
    simulated = simulate(workflow, scenario, jobs=its_jobs).snapshot

    api.service.close()
    # A start that is refused fails at once, and so does all end here: what follows at one moment has no order.
    refused = {each.node for each in simulated.nodes for ran in each.runs if "Concurrent" in (ran.error or "")}
    assume(refused.isdisjoint(watched for trigger in workflow.triggers for watched in watched_nodes(trigger)))
    assert seen is not None
    assert history(seen) == history(simulated)


class Plan:
    """How jobs and crawlers go: each run of each in its own way, and no two end at one moment.

    Of lengths that are different powers of two, no two sums are the same.
    """

    def __init__(self, ends: Mapping[str, list[EndState]], minutes: Mapping[str, int]) -> None:
        self._ends = ends
        self._minutes = minutes
        self._asked = 0

    def __call__(self, command: StartJobRun | StartCrawl, nth: int) -> Performance:
        """Return how the `nth` run of a job or crawler goes."""
        name = started_node(command).name
        self._asked += 1
        ends = self._ends[name]
        return Performance(
            end=ends[min(nth, len(ends) - 1)],
            takes=timedelta(minutes=self._minutes[name], microseconds=2**self._asked),
            error=f"as planned: {nth}",
            puts={name: str(nth), "last": name},
        )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Generate how jobs and crawlers go."""
    states = {name: CRAWL_ENDS if name.startswith("crawl") else JOB_ENDS for name in NAMES}
    ends = {name: draw(st.lists(st.sampled_from(its), min_size=1, max_size=3)) for name, its in states.items()}
    return Plan(ends, {name: draw(st.integers(0, 5)) for name in NAMES})


class ByHand:
    """Work that is done when the test says so."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.asked: set[str] = set()

    def start(self, work: Work) -> None:
        """Take note that it may begin."""
        self.asked.add(work.id)

    def stop(self, work_id: str) -> bool:  # noqa: ARG002 -- as the protocol has it
        """Promise to tell the end, as the test will."""
        return True

    def settle(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def replayed(api: Api, hands: ByHand, clock: ManualClock, played: Simulation) -> RunSnapshot:
    """Let everything happen to a run on the local Glue that happened in a simulation, at the same times."""
    name = played.state.workflow.name
    run_id = api("StartWorkflowRun", Name=name)["RunId"]
    order = list(played.state.actions)
    for event in played.events:
        clock.advance(event.at - clock())
        match event:
            case StopRequested():
                api("StopWorkflowRun", Name=name, RunId=run_id)
            case PropertiesPut():
                api("PutWorkflowRunProperties", Name=name, RunId=run_id, RunProperties=dict(event.properties))
            case ActionStarted():
                its = started(api, name, run_id)[order.index(event.id)]
                assert its in hands.asked
                hands.listener.began(its)
            case ActionEnded():
                its = started(api, name, run_id)[order.index(event.id)]
                hands.listener.ended(its, Ended(event.state, event.error))
            case _:
                # What cannot start is for the local Glue itself to find out.
                assert isinstance(event, StartRefused)
    run = api.service.snapshot(name, run_id)
    assert run is not None
    return run


def started(api: Api, name: str, run_id: str) -> list[str]:
    """Return the ids of what was started in a run, in that order; the simulation has the same order."""
    run = api.service._driver.run(name, run_id)  # noqa: SLF001 -- crawls have ids nowhere else
    assert run is not None
    return list(run.state.actions)


def without_ids(run: RunSnapshot) -> RunSnapshot:
    """Return a run as if it had no ids: those follow from the id of the run, which a simulation always has the same."""
    nodes = tuple(replace(each, runs=tuple(replace(ran, id="") for ran in each.runs)) for each in run.nodes)
    return replace(run, run_id="", nodes=nodes)


@settings(max_examples=150, deadline=None)
@given(workflows(), jobs(), plans(), st.none() | st.integers(0, 10))
def test_they_agree_on_every_moment(
    generated: Workflow, its_jobs: tuple[Job, ...], plan: Plan, stopped_after: int | None
) -> None:
    """Whenever jobs and crawlers end, are tried again, wait or are stopped, both runs are the same, with times."""
    workflow = legal(generated)
    stop = None if stopped_after is None else timedelta(minutes=stopped_after, microseconds=1)
    played = simulate(workflow, plan, jobs=its_jobs, stop_after=stop)
    clock, made = ManualClock(BEGINNING), list[ByHand]()

    def workers(listener: Listener) -> ByHand:
        made.append(ByHand(listener))
        return made[-1]

    api = deployed(workflow, its_jobs, clock=clock, workers=workers)
    run = replayed(api, made[0], clock, played)

    # The simulator knows triggers as they were generated, the local Glue as its API has them.
    assert without_ids(replace(run, workflow=workflow)) == without_ids(played.snapshot)
    api.service.close()
