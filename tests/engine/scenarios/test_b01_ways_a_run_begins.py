"""How a run begins, and when none does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import (
    NO_EVENTS,
    ActionEnded,
    Admit,
    Drop,
    Record,
    Refuse,
    StartCrawl,
    StartJobRun,
    StartKind,
    StopRequested,
    admit,
    batching_of,
    begin,
    event_arrived,
    refused_run,
    snapshot,
    step,
    ticks,
)
from gluedsl.errors import UsageError
from gluedsl.model import Trigger
from tests.support.engine import (
    MIDNIGHT,
    RUN_ID,
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)

if TYPE_CHECKING:
    from gluedsl.model import TriggerType


MESSAGE = "Concurrent runs exceeded for workflow: nightly."


REFUSED = Refuse(code="ConcurrentRunsExceededException", message=MESSAGE)


ONE_AT_A_TIME = workflow(start_trigger("load"), max_concurrent_runs=1)


KINDS: tuple[StartKind, ...] = ("API", "TRIGGER", "SCHEDULE", "EVENT")


@pytest.mark.parametrize("type_", ["ON_DEMAND", "SCHEDULED", "EVENT"])
def test_every_kind_of_start_trigger_fires_at_once(type_: TriggerType) -> None:
    """A run begins with its start trigger, of whichever of the three types.

    https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html: "each workflow has a start trigger. There are
    three types of start triggers: Schedule ... On demand ... EventBridge event".
    """
    play = Play(workflow(start_trigger("load", type=type_)))
    assert play.fired == ["start"]
    assert play.started == ["load"]
    assert play.picture.triggers[0].fired_at == MIDNIGHT


@pytest.mark.parametrize("kind", KINDS)
def test_below_the_limit(kind: StartKind) -> None:
    """A run begins while fewer than `MaxConcurrentRuns` are active; without a limit, always.

    https://docs.aws.amazon.com/glue/latest/webapi/API_Workflow.html: "If you leave this parameter blank, there is no
    limit to the number of concurrent workflow runs."
    """
    assert admit(ONE_AT_A_TIME, start=kind, active_runs=0) == Admit()
    assert admit(workflow(start_trigger("load")), start=kind, active_runs=1000) == Admit()
    assert admit(workflow(start_trigger("load"), max_concurrent_runs=3), start=kind, active_runs=2) == Admit()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("API", REFUSED), ("TRIGGER", REFUSED), ("SCHEDULE", Record(message=MESSAGE)), ("EVENT", Drop())],
)
def test_over_the_limit(kind: StartKind, expected: object) -> None:
    """A caller is told, a schedule leaves a run in ERROR, an event is lost; policy `over_limit`.

    https://docs.aws.amazon.com/glue/latest/webapi/API_StartWorkflowRun.html has ConcurrentRunsExceededException;
    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html has a run with the message;
    https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html: "AWS Glue does not retry workflow runs that
    fail due to exceeded concurrency limits."
    """
    assert admit(ONE_AT_A_TIME, start=kind, active_runs=1) == expected


def test_without_a_start_trigger() -> None:
    """A workflow that has only conditional triggers cannot be started; policy `start_on_non_ondemand`."""
    design = workflow(when_all("next", ends("load"), then=("after",)))
    assert admit(design, start="API", active_runs=0) == Refuse(
        code="InvalidInputException", message="Workflow nightly has no start trigger."
    )


def test_a_scheduled_workflow_may_be_started_by_hand() -> None:
    """`StartWorkflowRun` serves every type of start trigger; policy `start_on_non_ondemand`."""
    for type_ in ("ON_DEMAND", "SCHEDULED", "EVENT"):
        assert admit(workflow(start_trigger("load", type=type_)), start="API", active_runs=0) == Admit()


CHAIN = workflow(start_trigger("load"), when_all("loaded", ends("load"), then=("crawl",)))


def test_the_start_trigger_that_fires() -> None:
    """Where a workflow has two start triggers, which Glue refuses, the first fires, or the one that was asked for."""
    first = start_trigger("a")
    second = Trigger(name="second", type="EVENT", actions=start_trigger("b").actions)
    design = workflow(first, second)
    assert list(begin(design, run_id=RUN_ID, at=MIDNIGHT).state.triggers) == ["start"]
    by_event = begin(design, run_id=RUN_ID, at=MIDNIGHT, start="EVENT", trigger="second")
    assert list(by_event.state.triggers) == ["second"]


def test_workflows_that_cannot_begin() -> None:
    """Without a start trigger, or with two triggers of one name, there is no run to speak of."""
    conditional = when_all("next", ends("a"), then=("b",))
    with pytest.raises(UsageError) as none:
        begin(workflow(conditional), run_id=RUN_ID, at=MIDNIGHT)
    assert none.value.message == "workflow `nightly` has no start trigger"
    assert none.value.hint == "a run begins with an ON_DEMAND, SCHEDULED or EVENT trigger"
    with pytest.raises(UsageError) as unknown:
        begin(workflow(start_trigger("a"), conditional), run_id=RUN_ID, at=MIDNIGHT, trigger="next")
    assert unknown.value.message == "workflow `nightly` has no start trigger named `next`"
    with pytest.raises(UsageError) as twice:
        begin(workflow(start_trigger("a"), conditional, conditional), run_id=RUN_ID, at=MIDNIGHT)
    assert twice.value.message == "workflow `nightly` has two triggers named `next`"
    assert twice.value.hint == "run `gluedsl check` on it: Glue refuses such a workflow"


def test_a_run_that_could_not_be_started() -> None:
    """It is there, in ERROR, with Glue's message and with nothing in it, and nothing can happen to it.

    https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html: "Currently the only error message is
    'Concurrent runs exceeded for workflow: foo.'"
    """
    message = "Concurrent runs exceeded for workflow: nightly."
    state = refused_run(CHAIN, run_id=RUN_ID, at=MIDNIGHT, message=message, properties={"day": "1"})
    picture = snapshot(state)
    assert (picture.status, picture.error, picture.outcome) == ("ERROR", message, "FAILED")
    assert picture.completed_on == MIDNIGHT
    assert picture.properties == {"day": "1"}
    assert [(found.node.name, found.runs) for found in picture.nodes] == [("load", ()), ("crawl", ())]
    assert [firing.fired_at for firing in picture.triggers] == [None, None]
    assert step(state, StopRequested(at=MIDNIGHT)).state == state
    assert step(state, ActionEnded(id="jr_1", state="FAILED", at=MIDNIGHT)).state == state


def test_what_a_run_begins_with() -> None:
    """It has its id, is RUNNING from now on, has its properties, and all that its start trigger names is started.

    https://docs.aws.amazon.com/glue/latest/dg/creating_running_workflows.html
    """
    design = workflow(start_trigger("a", "b", "crawl"), properties={"env": "prod", "day": "?"})
    state, commands = begin(design, run_id=RUN_ID, at=MIDNIGHT, properties={"day": "monday"})
    assert (state.run_id, state.status, state.started_on) == (RUN_ID, "RUNNING", MIDNIGHT)
    assert state.properties == {"env": "prod", "day": "monday"}
    assert [type(command) for command in commands] == [StartJobRun, StartJobRun, StartCrawl]
    assert {action.started_on for action in state.actions.values()} == {MIDNIGHT}


def test_a_schedule_begins_a_run() -> None:
    """Each tick of the start trigger is a start; over the limit it leaves a run in ERROR."""
    design = workflow(start_trigger("load", type="SCHEDULED"), max_concurrent_runs=1)
    first, second = ticks([design], after=MIDNIGHT, until=MIDNIGHT + timedelta(days=2))
    assert admit(design, start="SCHEDULE", active_runs=0) == Admit()
    state = begin(design, run_id=RUN_ID, at=first.at, start="SCHEDULE", trigger=first.trigger).state
    assert state.started_on == MIDNIGHT + timedelta(hours=2)
    late = admit(design, start="SCHEDULE", active_runs=1)
    assert late == Record(message=MESSAGE)
    lost = refused_run(design, run_id=RUN_ID, at=second.at, message=MESSAGE)
    assert (lost.status, lost.started_on, lost.error) == ("ERROR", MIDNIGHT + timedelta(hours=26), MESSAGE)


def test_a_batch_of_events_begins_a_run() -> None:
    """It brings the ids of its events as a run property; over the limit it is lost.

    https://docs.aws.amazon.com/glue/latest/dg/viewing-start-event-info.html: "look for the aws:eventIds key. The value
    for that key is a list of EventBridge event IDs."
    """
    design = workflow(start_trigger("load", type="EVENT"), max_concurrent_runs=1)
    (firing,) = event_arrived(NO_EVENTS, "e-1", MIDNIGHT, batching_of(design.triggers[0])).firings
    assert admit(design, start="EVENT", active_runs=0) == Admit()
    state = begin(design, run_id=RUN_ID, at=firing.at, start="EVENT", properties=firing.properties()).state
    assert state.properties == {"aws:eventIds": '["e-1"]'}
    assert admit(design, start="EVENT", active_runs=1) == Drop()
