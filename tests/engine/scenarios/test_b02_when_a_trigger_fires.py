"""When a conditional trigger fires, and when it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gluedsl.engine import (
    ActionEnded,
    ActionStarted,
)
from gluedsl.model import Condition, Predicate, Trigger
from tests.support.engine import (
    MIDNIGHT,
    Play,
    ends,
    start_trigger,
    starts,
    when_all,
    when_any,
    workflow,
)

if TYPE_CHECKING:
    from gluedsl.engine import EndState


MONTH_CLOSE = workflow(
    start_trigger("De-duplicate", "Fix phone numbers", type="SCHEDULED"),
    when_all("Fix/De-dupe succeeded", ends("De-duplicate"), ends("Fix phone numbers"), then=("crawl Update schema",)),
)


def test_the_example_of_the_developer_guide() -> None:
    """A schedule starts two jobs; upon the success of both, a trigger starts a crawler.

    https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html: "Upon successful completion of both jobs,
    an event trigger, `Fix/De-dupe succeeded`, starts a crawler, `Update schema`."
    """
    play = Play(MONTH_CLOSE, start="SCHEDULE")
    assert play.fired == ["start"]
    assert play.started == ["De-duplicate", "Fix phone numbers"]
    assert play.counters == {"total": 3, "running": 2}

    play.end("Fix phone numbers")
    assert play.fired == ["start"]

    play.end("De-duplicate")
    assert play.fired == ["start", "Fix/De-dupe succeeded"]
    assert play.started == ["De-duplicate", "Fix phone numbers", "crawl Update schema"]
    assert play.status == "RUNNING"

    play.end("crawl Update schema")
    assert play.status == "COMPLETED"
    assert play.states == {
        "De-duplicate": ["SUCCEEDED"],
        "Fix phone numbers": ["SUCCEEDED"],
        "crawl Update schema": ["SUCCEEDED"],
    }
    assert play.counters == {"total": 3, "succeeded": 3}


def test_all_or_either() -> None:
    """T1 waits for both jobs, T2 for the failure of either; which of them fires depends on how the jobs end.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html: "you could configure a trigger T1 to start job J3
    when both job J1 and job J2 successfully complete, and another trigger T2 to start job J4 if either job J1
    or job J2 fails."
    """
    design = workflow(
        start_trigger("J1", "J2"),
        when_all("T1", ends("J1"), ends("J2"), then=("J3",)),
        when_any("T2", ends("J1", "FAILED"), ends("J2", "FAILED"), then=("J4",)),
    )
    good = Play(design)
    good.end("J1")
    good.end("J2")
    assert good.fired == ["start", "T1"]
    assert good.started == ["J1", "J2", "J3"]

    bad = Play(design)
    bad.end("J1", "FAILED")
    assert bad.fired == ["start", "T2"]
    bad.end("J2")
    assert bad.fired == ["start", "T2"]
    assert bad.started == ["J1", "J2", "J4"]
    bad.end("J4")
    assert bad.status == "COMPLETED"
    assert bad.states == {"J1": ["FAILED"], "J2": ["SUCCEEDED"], "J3": [], "J4": ["SUCCEEDED"]}
    assert bad.counters == {"total": 4, "failed": 1, "succeeded": 2}


def test_a_run_that_only_partially_ran() -> None:
    """Triggers below failed jobs do not fire, their jobs do not run, and the run is COMPLETED all the same.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html: "Triggers T4 and T5 depend on the successful
    completion of J2 and J3, so they don't fire, and jobs J4 and J5 don't run. Workflow W1 is only partially run."
    """
    play = Play(
        workflow(
            start_trigger("J1"),
            when_all("T2", ends("J1"), then=("J2",)),
            when_all("T3", ends("J1"), then=("J3",)),
            when_all("T4", ends("J2"), then=("J4",)),
            when_all("T5", ends("J3"), then=("J5",)),
        )
    )
    play.end("J1")
    assert play.fired == ["start", "T2", "T3"]
    play.end("J2", "FAILED")
    assert play.status == "RUNNING"
    play.end("J3", "FAILED")
    assert play.status == "COMPLETED"
    assert play.fired == ["start", "T2", "T3"]
    assert play.states == {"J1": ["SUCCEEDED"], "J2": ["FAILED"], "J3": ["FAILED"], "J4": [], "J5": []}
    assert play.counters == {"total": 5, "succeeded": 1, "failed": 2}


@pytest.mark.parametrize("end", ["SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT"])
def test_the_four_ends_of_a_job_that_a_trigger_hears(end: EndState) -> None:
    """A trigger hears the end that it waits for and none of the others.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html lists the "job completion states": SUCCEEDED,
    STOPPED, FAILED, TIMEOUT.
    """
    others = [state for state in ("SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT") if state != end]
    play = Play(
        workflow(
            start_trigger("load"),
            when_any("heard", ends("load", end), then=("after",)),
            when_any("not heard", *(ends("load", other) for other in others), then=("never",)),
        )
    )
    play.end("load", end)
    assert play.fired == ["start", "heard"]
    assert play.started == ["load", "after"]


@pytest.mark.parametrize("end", ["SUCCEEDED", "FAILED", "CANCELLED"])
def test_the_three_ends_of_a_crawler_that_a_trigger_hears(end: EndState) -> None:
    """A trigger hears the end of a crawl that it waits for.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html lists the "crawler completion states": SUCCEEDED,
    FAILED, CANCELLED.
    """
    play = Play(workflow(start_trigger("crawl"), when_all("heard", ends("crawl", end), then=("after",))))
    play.end("crawl", end)
    assert play.fired == ["start", "heard"]
    assert play.states == {"crawl": [end], "after": ["STARTING"]}


@pytest.mark.parametrize(("name", "end"), [("load", "ERROR"), ("load", "EXPIRED"), ("crawl", "ERROR")])
def test_ends_that_no_trigger_hears(name: str, end: EndState) -> None:
    """A job run in ERROR or EXPIRED, or a crawl in ERROR, meets no condition, even one that asks for that state.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html: "the only job states that a trigger can
    listen for are SUCCEEDED, STOPPED, FAILED, and TIMEOUT. The only crawler states that a trigger can listen for are
    SUCCEEDED, FAILED, and CANCELLED."
    """
    listened = ("SUCCEEDED", "STOPPED", "FAILED", "TIMEOUT", "CANCELLED", end)
    play = Play(
        workflow(start_trigger(name), when_any("ear", *(ends(name, state) for state in listened), then=("after",)))
    )
    play.end(name, end)
    assert play.fired == ["start"]
    assert play.status == "COMPLETED"
    assert play.states == {name: [end], "after": []}


def test_a_state_on_the_wrong_kind_of_node_is_never_met() -> None:
    """A condition on a job that gives a crawl state, or on nothing at all, waits for ever."""
    odd = Predicate(
        logical="ANY",
        conditions=(
            Condition(job_name="load", crawl_state="SUCCEEDED"),
            Condition(crawler_name="crawl", state="SUCCEEDED"),
            Condition(job_name="load"),
            Condition(state="SUCCEEDED"),
        ),
    )
    play = Play(
        workflow(
            start_trigger("load", "crawl"),
            Trigger(name="odd", type="CONDITIONAL", predicate=odd, actions=(starts("after"),)),
            Trigger(name="empty", type="CONDITIONAL", predicate=Predicate(), actions=(starts("after"),)),
            Trigger(name="none", type="CONDITIONAL", actions=(starts("after"),)),
        )
    )
    play.end("load")
    play.end("crawl")
    assert play.fired == ["start"]
    assert play.status == "COMPLETED"


def test_a_predicate_says_nothing_of_other_types_of_trigger() -> None:
    """Only a CONDITIONAL trigger waits for conditions; a second start trigger stays as quiet as without them.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html: "This field is required when the trigger
    type is CONDITIONAL", of Predicate.
    """
    second = Trigger(
        name="second", type="ON_DEMAND", predicate=Predicate(conditions=(ends("load"),)), actions=(starts("after"),)
    )
    play = Play(workflow(start_trigger("load"), second))
    play.end("load")
    assert play.fired == ["start"]


def test_mixed_conditions() -> None:
    """One trigger may wait for jobs and crawlers, and for different states of them.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html: "you specify a list of jobs and a list of crawlers
    to watch. For each watched job or crawler, you specify a status to watch for".
    """
    play = Play(
        workflow(
            start_trigger("good", "bad", "crawl"),
            when_all("mixed", ends("good"), ends("bad", "FAILED"), ends("crawl", "CANCELLED"), then=("after",)),
        )
    )
    play.end("crawl", "CANCELLED")
    play.end("bad", "FAILED")
    assert play.fired == ["start"]
    play.end("good")
    assert play.fired == ["start", "mixed"]
    assert play.counters == {"total": 4, "succeeded": 1, "failed": 1, "stopped": 1, "running": 1}


def test_several_conditions_without_a_logical_operator_mean_all() -> None:
    """A predicate that names no `Logical` waits for all its conditions, as AWS's own blueprint compiler means it.

    https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-trigger.html calls it "an optional field if only one
    condition is listed".
    """
    both = Predicate(logical=None, conditions=(ends("a"), ends("b")))
    play = Play(
        workflow(
            start_trigger("a", "b"),
            Trigger(name="both", type="CONDITIONAL", predicate=both, actions=(starts("after"),)),
        )
    )
    play.end("a")
    assert play.fired == ["start"]
    play.end("b")
    assert play.fired == ["start", "both"]


def test_one_end_may_fire_several_triggers_in_the_order_of_the_workflow() -> None:
    """Triggers that watch the same job all fire when it ends."""
    play = Play(
        workflow(
            start_trigger("load"),
            when_all("first", ends("load"), then=("a", "b")),
            when_any("second", ends("load"), then=("crawl",)),
        )
    )
    play.end("load")
    assert play.fired == ["start", "first", "second"]
    assert play.started == ["load", "a", "b", "crawl"]
    assert [firing.fired_at for firing in play.picture.triggers] == [
        MIDNIGHT,
        MIDNIGHT + timedelta(minutes=1),
        MIDNIGHT + timedelta(minutes=1),
    ]


def test_only_what_this_run_started_counts() -> None:
    """The end of a job that something else started fires nothing.

    https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html: "If a job or crawler in a workflow
    is started by a trigger that is outside the workflow, any triggers inside the workflow that depend on job or crawler
    completion (succeeded or otherwise) do not fire."
    """
    play = Play(workflow(start_trigger("load"), when_all("next", ends("load"), then=("after",))))
    before = play.state
    for event in (
        ActionEnded(id="jr_" + "f" * 64, state="SUCCEEDED", at=MIDNIGHT),
        ActionStarted(id="jr_" + "f" * 64, at=MIDNIGHT),
    ):
        assert play.tell(event) == ()
        assert play.state == before


def test_an_end_is_heard_once() -> None:
    """News of a job run that has ended already changes nothing."""
    play = Play(workflow(start_trigger("load", "other"), when_all("next", ends("load", "FAILED"), then=("after",))))
    load = play.under_way("load").id
    play.end("load")
    before = play.state
    assert play.tell(ActionEnded(id=load, state="FAILED", at=MIDNIGHT)) == ()
    assert play.tell(ActionStarted(id=load, at=MIDNIGHT)) == ()
    assert play.state == before
