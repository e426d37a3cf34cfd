"""What begins by itself: schedules of triggers and of crawlers, windows of events; by a clock that the test moves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.engine import Policies
from gluedsl.local.clock import ManualClock
from tests.support.local import Api, actions_of, predicate, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands at midnight."""
    return ManualClock(MIDNIGHT)


@pytest.fixture
def served(clock: ManualClock) -> Iterator[Callable[..., Api]]:
    """Return what makes services that keep their schedules by the clock."""
    made: list[Api] = []

    def make(**settings: Any) -> Api:
        made.append(Api(**{"clock": clock, "schedules": True, "outcomes": {"load": "SUCCEEDED"}} | settings))
        return made[-1]

    yield make
    for api in made:
        api.service.close()


@pytest.fixture
def api(served: Callable[..., Api]) -> Api:
    """Return a service with a job that takes no time."""
    made = served()
    made.job("load")
    return made


def nightly(api: Api, name: str = "flow", *, schedule: str = "cron(0 2 * * ? *)", **members: Any) -> None:
    """Create a workflow that begins at two."""
    api("CreateWorkflow", Name=name, **members)
    scheduled(api, f"{name}-start", WorkflowName=name, Schedule=schedule)


def scheduled(api: Api, name: str, *, job: str = "load", **members: Any) -> None:
    """Create an active SCHEDULED trigger."""
    given = {"Schedule": "cron(0 2 * * ? *)", "StartOnCreation": True} | members
    api("CreateTrigger", Name=name, Type="SCHEDULED", Actions=actions_of((job,)), **given)


def started(api: Api, name: str = "flow") -> list[datetime]:
    """Return when the runs of a workflow began, the oldest first."""
    return [run["StartedOn"] for run in reversed(api("GetWorkflowRuns", Name=name)["Runs"])]


def test_a_schedule_starts_its_workflow(api: Api, clock: ManualClock) -> None:
    """At each match and at no other time, each once, at its own moment however far the clock is moved at once."""
    nightly(api)

    clock.advance(2 * HOUR - timedelta(seconds=1))
    assert started(api) == []
    clock.advance(timedelta(seconds=1))
    assert started(api) == [MIDNIGHT + 2 * HOUR]
    clock.advance(timedelta())
    clock.advance(timedelta(days=3))

    assert started(api) == [MIDNIGHT + 2 * HOUR + timedelta(days=day) for day in range(4)]
    assert {run["Status"] for run in api("GetWorkflowRuns", Name="flow")["Runs"]} == {"COMPLETED"}


def test_a_schedule_that_is_not_active_starts_nothing(api: Api, clock: ManualClock) -> None:
    """It fires between StartTrigger and StopTrigger; what it missed meanwhile is not made up for."""
    api("CreateWorkflow", Name="flow")
    scheduled(api, "start", WorkflowName="flow", StartOnCreation=False)

    clock.advance(24 * HOUR)
    api("StartTrigger", Name="start")
    assert started(api) == []
    clock.advance(24 * HOUR)
    api("StopTrigger", Name="start")
    clock.advance(24 * HOUR)

    assert started(api) == [MIDNIGHT + 26 * HOUR]


def test_a_schedule_that_is_changed(api: Api, clock: ManualClock) -> None:
    """The new one counts from then on."""
    nightly(api)
    api("StopTrigger", Name="flow-start")
    update = {"Schedule": "cron(0 1 * * ? *)", "Actions": actions_of(("load",))}
    api("UpdateTrigger", Name="flow-start", TriggerUpdate=update)
    api("StartTrigger", Name="flow-start")

    clock.advance(3 * HOUR)

    assert started(api) == [MIDNIGHT + HOUR]


def test_what_is_gone_starts_nothing(api: Api, clock: ManualClock) -> None:
    """A trigger that is deleted is gone; one whose workflow is deleted has nothing to start."""
    nightly(api)
    nightly(api, "other")
    api("DeleteTrigger", Name="flow-start")
    api("DeleteWorkflow", Name="other")

    clock.advance(24 * HOUR)

    assert started(api) == []
    assert api.service.due is None


def test_a_run_over_the_limit_is_recorded(served: Callable[..., Api], clock: ManualClock) -> None:
    """While a run goes on, a schedule leaves a run in ERROR that says why.

    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html, ErrorMessage.
    """
    api = served(outcomes={})
    api.job("load")
    nightly(api, MaxConcurrentRuns=1)

    clock.advance(48 * HOUR)

    newest, oldest = api("GetWorkflowRuns", Name="flow")["Runs"]
    assert (oldest["Status"], newest["Status"]) == ("RUNNING", "ERROR")
    assert newest["ErrorMessage"] == "Concurrent runs exceeded for workflow: flow."
    assert newest["StartedOn"] == MIDNIGHT + 26 * HOUR


def test_several_schedules_in_order_of_time(api: Api, clock: ManualClock) -> None:
    """However many there are, each starts its own workflow at its own times."""
    nightly(api, "late", schedule="cron(30 3 * * ? *)")
    nightly(api, "hourly", schedule="cron(0 * * * ? *)")

    clock.advance(4 * HOUR)

    assert started(api, "hourly") == [MIDNIGHT + hour * HOUR for hour in range(1, 5)]
    assert started(api, "late") == [MIDNIGHT + 3.5 * HOUR]


def test_a_trigger_outside_of_workflows(api: Api, clock: ManualClock) -> None:
    """It starts its job, and triggers that watch that job fire.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html
    """
    api.job("after", ExecutionProperty={"MaxConcurrentRuns": 1})
    scheduled(api, "alone")
    api(
        "CreateTrigger",
        Name="loaded",
        Type="CONDITIONAL",
        StartOnCreation=True,
        Predicate=predicate({"load": "SUCCEEDED"}),
        Actions=actions_of(("after",)),
    )

    clock.advance(3 * HOUR)

    (load,) = api("GetJobRuns", JobName="load")["JobRuns"]
    (after,) = api("GetJobRuns", JobName="after")["JobRuns"]
    assert (load["TriggerName"], load["StartedOn"]) == ("alone", MIDNIGHT + 2 * HOUR)
    assert after["TriggerName"] == "loaded"


def test_a_crawler_with_a_schedule(served: Callable[..., Api], clock: ManualClock) -> None:
    """It crawls while its schedule is on; the schedule is stopped, changed and started by operations of its own."""
    api = served(outcomes={"crawl": "SUCCEEDED"})
    api.crawler("crawl")

    def crawls() -> list[datetime]:
        return [crawl["StartTime"] for crawl in reversed(api("ListCrawls", CrawlerName="crawl")["Crawls"])]

    api("UpdateCrawlerSchedule", CrawlerName="crawl", Schedule="cron(0 2 * * ? *)")
    clock.advance(24 * HOUR)
    api("StopCrawlerSchedule", CrawlerName="crawl")
    clock.advance(24 * HOUR)
    api("StartCrawlerSchedule", CrawlerName="crawl")
    clock.advance(24 * HOUR)
    api("UpdateCrawler", Name="crawl", Schedule="")
    clock.advance(24 * HOUR)

    assert crawls() == [MIDNIGHT + 2 * HOUR, MIDNIGHT + 50 * HOUR]


def test_a_crawler_that_runs_already(served: Callable[..., Api], clock: ManualClock) -> None:
    """Its schedule starts no second crawl."""
    api = served(outcomes={})
    api.crawler("crawl")
    api("UpdateCrawlerSchedule", CrawlerName="crawl", Schedule="cron(0 2 * * ? *)")

    clock.advance(72 * HOUR)

    assert len(api("ListCrawls", CrawlerName="crawl")["Crawls"]) == 1


def test_a_crawlers_schedule_fires_no_trigger(served: Callable[..., Api], clock: ManualClock) -> None:
    """A crawl that no trigger started is none that a trigger of a workflow waits for.

    https://github.com/aws/serverless-application-model/issues/2506
    """
    api = served(outcomes={"crawl": "SUCCEEDED", "load": "SUCCEEDED"})
    api.job("load")
    api.crawler("crawl")
    api("UpdateCrawlerSchedule", CrawlerName="crawl", Schedule="cron(0 2 * * ? *)")
    api.flow("crawl")
    api.when("crawled", {"crawl": "SUCCEEDED"}, "load")

    clock.advance(24 * HOUR)

    assert api("GetJobRuns", JobName="load")["JobRuns"] == []


def test_a_service_without_schedules(served: Callable[..., Api], clock: ManualClock) -> None:
    """A service that is there for one run keeps schedules, and starts nothing by them."""
    api = served(schedules=False)
    api.job("load")
    nightly(api)

    clock.advance(240 * HOUR)

    assert started(api) == []
    assert api("GetTrigger", Name="flow-start")["Trigger"]["State"] == "ACTIVATED"


def test_policies_hold_for_schedules(served: Callable[..., Api], clock: ManualClock) -> None:
    """Where activation is not looked at, a trigger that was never activated fires; a refusal starts nothing."""
    api = served(policies=Policies(inactive_trigger="fires", over_limit="refuse"), outcomes={})
    api.job("load")
    api("CreateWorkflow", Name="flow", MaxConcurrentRuns=1)
    scheduled(api, "start", WorkflowName="flow", StartOnCreation=False)

    clock.advance(72 * HOUR)

    assert started(api) == [MIDNIGHT + 2 * HOUR]


def test_what_the_machine_slept_through_is_not_made_up_for() -> None:
    """By a clock that jumps, a schedule that is more than five minutes late starts nothing; the next one does."""
    now = [MIDNIGHT]
    api = Api(clock=lambda: now[0], schedules=True, outcomes={"load": "SUCCEEDED"})
    api.job("load")
    nightly(api)

    now[0] += 26 * HOUR + timedelta(minutes=4)
    assert len(started(api)) == 1
    now[0] -= 2 * HOUR
    assert len(started(api)) == 1
    now[0] += 2 * HOUR
    assert len(started(api)) == 1
    api.service.close()


def test_schedules_are_kept_in_a_thread() -> None:
    """By the clock of the machine, nobody need ask for anything: the job begins by itself, once."""
    ahead = [timedelta()]
    api = Api(clock=lambda: datetime.now(UTC) + ahead[0], schedules=True)
    api.job("load")
    two = datetime(2099, 1, 1, 2, tzinfo=UTC)
    ahead[0] = two - timedelta(seconds=1) - datetime.now(UTC)
    nightly(api)

    until(lambda: api.executor.works)

    (began,) = started(api)
    assert timedelta() <= began - two < timedelta(minutes=1)
    api.service.close()


def test_a_window_of_events_passes_in_a_thread() -> None:
    """A batch that is not full begins its run when the window has passed."""
    api = Api()
    api.job("load")
    event_flow(api, BatchSize=2, BatchWindow=1)

    api.service.notify_event("flow", {"id": "one"})
    until(lambda: api.executor.works)

    (run,) = api("GetWorkflowRuns", Name="flow")["Runs"]
    assert run["WorkflowRunProperties"] == {"aws:eventIds": '["one"]'}
    api.service.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(("StartTrigger", "StopTrigger")) | st.integers(0, 300), max_size=20))
def test_nothing_is_missed_and_nothing_comes_twice(steps: list[str | int]) -> None:
    """However the clock is moved and the trigger switched, it fires at each match while it is on."""
    clock = ManualClock(MIDNIGHT)
    api = Api(clock=clock, schedules=True, outcomes={"load": "SUCCEEDED"})
    api.job("load")
    nightly(api, schedule="cron(0/20 * * * ? *)")
    minutes, is_on = 0, True
    expected: list[int] = []
    for step in steps:
        if isinstance(step, int):
            clock.advance(timedelta(minutes=step))
            expected += [at for at in range(minutes + 1, minutes + step + 1) if is_on and at % 20 == 0]
            minutes += step
        else:
            api(step, Name="flow-start")
            is_on = step == "StartTrigger"

    runs = api("GetWorkflowRuns", Name="flow", MaxResults=1000)["Runs"]
    assert [run["StartedOn"] for run in reversed(runs)] == [MIDNIGHT + timedelta(minutes=at) for at in expected]
    api.service.close()


def test_what_is_due_earlier_wakes_the_thread() -> None:
    """A thread that sleeps until a schedule tomorrow is woken by a window that passes in a second."""
    api = Api(schedules=True)
    api.job("load")
    tomorrow = datetime.now(UTC) + 24 * HOUR
    nightly(api, "other", schedule=f"cron({tomorrow.minute} {tomorrow.hour} {tomorrow.day} {tomorrow.month} ? *)")
    event_flow(api, BatchSize=2, BatchWindow=1)

    api.service.notify_event("flow", {"id": "one"})
    until(lambda: api.executor.works)

    assert len(started(api)) == 1
    api.service.close()


def test_after_the_end_nothing_begins(api: Api, clock: ManualClock) -> None:
    """A service that is closed hears no event and keeps no schedule."""
    nightly(api, "other")
    event_flow(api)
    api.service.close()

    clock.advance(24 * HOUR)
    api.service.catch_up()
    api.service.notify_event("flow", {"id": "one"})

    assert api.service.snapshot("flow", "none") is None
    assert started(api) == started(api, "other") == []


def event_flow(api: Api, **batching: int) -> None:
    """Create the workflow "flow", which events start."""
    api("CreateWorkflow", Name="flow")
    condition = {"EventBatchingCondition": batching} if batching else {}
    api(
        "CreateTrigger",
        Name="start",
        Type="EVENT",
        WorkflowName="flow",
        Actions=actions_of(("load",)),
        **condition,
    )


def batches(api: Api) -> list[tuple[datetime, list[str]]]:
    """Return when each run began, and with which events."""
    runs = reversed(api("GetWorkflowRuns", Name="flow")["Runs"])
    return [(run["StartedOn"], json.loads(run["WorkflowRunProperties"].get("aws:eventIds", "[]"))) for run in runs]


def test_events_come_in_batches(api: Api, clock: ManualClock) -> None:
    """A batch begins a run when it is full, or when its first event has waited long enough.

    https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
    """
    event_flow(api, BatchSize=3, BatchWindow=60)

    for number in range(4):
        api.service.notify_event("flow", {"id": str(number)})
    clock.advance(timedelta(seconds=59))
    assert len(batches(api)) == 1
    clock.advance(HOUR)

    assert batches(api) == [(MIDNIGHT, ["0", "1", "2"]), (MIDNIGHT + timedelta(seconds=60), ["3"])]


def test_an_event_without_an_id_is_given_one(api: Api) -> None:
    """Each its own, the same in every service with the same ids."""
    event_flow(api)

    for _ in range(2):
        api.service.notify_event("flow", {})

    (_, first), (_, second) = batches(api)
    assert len(first) == 1
    assert first != second


@pytest.mark.parametrize(("policy", "kept"), [("new_batch", ["one"]), ("reset", [])])
def test_events_that_wait_when_a_run_begins(
    served: Callable[..., Api], clock: ManualClock, policy: Any, kept: list[str]
) -> None:
    """Policy `events_batch`: they go on waiting, or are lost."""
    api = served(policies=Policies(events_batch=policy))
    api.job("load")
    event_flow(api, BatchSize=2, BatchWindow=60)

    api.service.notify_event("flow", {"id": "one"})
    api.start()
    clock.advance(HOUR)

    assert [ids for _, ids in batches(api)][1:] == ([kept] if kept else [])


def test_events_of_a_trigger_that_is_gone_are_lost(api: Api, clock: ManualClock) -> None:
    """A new trigger begins with nothing."""
    event_flow(api, BatchSize=2, BatchWindow=60)
    api.service.notify_event("flow", {"id": "one"})
    api("DeleteTrigger", Name="start")
    api("CreateTrigger", Name="start", Type="EVENT", WorkflowName="flow", Actions=actions_of(("load",)))

    clock.advance(HOUR)
    api.service.notify_event("flow", {"id": "two"})

    assert [ids for _, ids in batches(api)] == [["two"]]


def test_an_event_for_nobody_is_lost(api: Api) -> None:
    """A workflow that is not there, or that waits for no event."""
    nightly(api)

    api.service.notify_event("flow", {"id": "one"})
    api.service.notify_event("nobody", {"id": "two"})

    assert started(api) == []


def test_a_clock_does_not_go_back(clock: ManualClock) -> None:
    """Time that has passed has passed; and it has a zone."""
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(-HOUR)
    with pytest.raises(ValueError, match="time zone"):
        ManualClock(datetime(2026, 1, 1))  # noqa: DTZ001 -- that it has none is the point
