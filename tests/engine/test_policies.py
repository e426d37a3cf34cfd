"""Each policy, as it is and as it can be: what changes where AWS does not say what Glue does.

The policies of admission are in `test_admission.py`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Literal

import pytest

from gluedsl.engine import Policies
from tests.support.engine import Play, ends, start_trigger, when_all, when_any, workflow

if TYPE_CHECKING:
    from gluedsl.engine import EndState, RefusalReason

SHARED = workflow(
    start_trigger("a", "b"),
    when_all("first", ends("a"), then=("shared",)),
    when_all("second", ends("b"), then=("shared",)),
    when_all("next", ends("shared"), then=("last",)),
)
"""`shared` is started twice."""


def shared_twice(play: Play, first: EndState = "SUCCEEDED", second: EndState = "SUCCEEDED") -> Play:
    """Play SHARED up to both ends of `shared`."""
    play.end("a")
    play.end("b")
    play.end("shared", first, trigger="first")
    play.end("shared", second, trigger="second")
    return play


def test_the_defaults() -> None:
    """What the local Glue does, in one place."""
    assert {field.name: getattr(Policies(), field.name) for field in fields(Policies)} == {
        "trigger_fires": "once",
        "any_semantics": "first",
        "and_semantics": "latch",
        "retry_visibility": "final",
        "multi_start": "start",
        "inactive_trigger": "never",
        "completion": "drained",
        "total_actions": "pairs",
        "crawler_busy": "ERROR",
        "error_state": "ERROR",
        "queue": "as_configured",
        "over_limit": "by_start",
        "start_on_non_ondemand": "allow",
        "put_after_end": "accept",
    }


def test_trigger_fires_once() -> None:
    """A trigger whose predicate is met a second time has fired already."""
    play = shared_twice(Play(SHARED))
    assert play.fired == ["start", "first", "second", "next"]
    assert play.states["last"] == ["STARTING"]


def test_trigger_fires_again() -> None:
    """Overridden, it fires anew, each time with a job run of its own."""
    play = shared_twice(Play(SHARED, Policies(trigger_fires="again")))
    assert play.fired == ["start", "first", "second", "next", "next"]
    assert play.states["last"] == ["STARTING", "STARTING"]
    assert len(play.state.actions) == 6
    assert play.picture.triggers[3].fired_at == play.state.triggers["next"].fired_at[0]


def test_trigger_fires_again_needs_every_condition_anew() -> None:
    """Overridden, an AND trigger that has fired has used its conditions up."""
    design = workflow(
        start_trigger("a", "b", "c"),
        when_all("first", ends("a"), then=("shared",)),
        when_all("second", ends("b"), then=("shared",)),
        when_all("both", ends("shared"), ends("c"), then=("last",)),
    )
    play = Play(design, Policies(trigger_fires="again"))
    play.end("c")
    shared_twice(play)
    assert play.fired == ["start", "first", "second", "both"]


ANY_OF_THREE = workflow(
    start_trigger("a", "b", "c"), when_any("any", ends("a"), ends("b"), ends("c", "FAILED"), then=("last",))
)


def test_any_fires_on_the_first() -> None:
    """An ANY trigger fires when its first condition comes true and ignores the others."""
    play = Play(ANY_OF_THREE)
    play.end("c")
    assert play.fired == ["start"]
    play.end("b")
    play.end("a")
    assert play.fired == ["start", "any"]
    assert play.started == ["a", "b", "c", "last"]


def test_any_fires_for_each() -> None:
    """Overridden, it fires once for each condition."""
    play = Play(ANY_OF_THREE, Policies(any_semantics="each"))
    play.end("c")
    play.end("b")
    play.end("a")
    assert play.fired == ["start", "any", "any"]
    assert play.states["last"] == ["STARTING", "STARTING"]


@pytest.mark.parametrize(
    ("policies", "firings"),
    [
        (Policies(), 1),
        (Policies(any_semantics="each"), 2),
        (Policies(trigger_fires="again"), 2),
        (Policies(any_semantics="each", trigger_fires="again"), 3),
    ],
)
def test_any_with_conditions_that_come_true_twice(policies: Policies, firings: int) -> None:
    """A job succeeds twice, and between that another: once, once for each condition, or again for each."""
    design = workflow(
        start_trigger("a", "b"),
        when_all("first", ends("a"), then=("shared",)),
        when_all("second", ends("b"), then=("shared", "c")),
        when_any("any", ends("shared"), ends("c"), then=("last",)),
    )
    play = Play(design, policies)
    play.end("a")
    play.end("b")
    play.end("shared", trigger="first")
    play.end("c")
    play.end("shared", trigger="second")
    assert play.fired.count("any") == firings
    assert len(play.states["last"]) == firings


UNEQUAL = workflow(
    start_trigger("a", "b", "slow"),
    when_all("first", ends("a"), then=("shared",)),
    when_all("second", ends("b"), then=("shared",)),
    when_all("join", ends("shared"), ends("slow"), then=("last",)),
)


def test_and_latches() -> None:
    """A condition that was met stays met, whatever else its job does later."""
    play = shared_twice(Play(UNEQUAL), "SUCCEEDED", "FAILED")
    play.end("slow")
    assert play.fired == ["start", "first", "second", "join"]


def test_and_looks_at_the_latest() -> None:
    """Overridden, a later end in another state unmeets the condition, and a later end in the right one meets it."""
    latest = Policies(and_semantics="latest")
    lost = shared_twice(Play(UNEQUAL, latest), "SUCCEEDED", "FAILED")
    lost.end("slow")
    assert lost.fired == ["start", "first", "second"]
    won = shared_twice(Play(UNEQUAL, latest), "FAILED", "SUCCEEDED")
    won.end("slow")
    assert won.fired == ["start", "first", "second", "join"]


def test_retry_visibility() -> None:
    """A FAILED condition is met after the last attempt; overridden, after each."""
    design = workflow(
        start_trigger("load"),
        when_all("bad", ends("load", "FAILED"), then=("page",)),
        when_all("good", ends("load"), then=("publish",)),
    )
    final = Play(design)
    final.end("load", "FAILED", max_retries=1)
    assert final.fired == ["start"]
    final.end("load")
    assert final.fired == ["start", "good"]

    every = Play(design, Policies(retry_visibility="every"))
    every.end("load", "FAILED", max_retries=1)
    assert every.fired == ["start", "bad"]
    every.end("load")
    assert every.fired == ["start", "bad", "good"]
    assert every.counters == {"total": 3, "succeeded": 1, "running": 2}


def test_multi_start_skipped() -> None:
    """Overridden, a job that was started in this run is not started again, not even by the same trigger."""
    skip = Policies(multi_start="skip")
    play = Play(SHARED, skip)
    play.end("a")
    play.end("b")
    assert play.fired == ["start", "first", "second"]
    assert play.states["shared"] == ["STARTING"]
    assert Play(workflow(start_trigger("a", "a")), skip).started == ["a"]
    assert Play(workflow(start_trigger("a", "a"))).started == ["a", "a"]


SWITCHED_OFF = workflow(
    start_trigger("load"),
    when_all("off", ends("load"), then=("publish",), enabled=False),
    when_all("on", ends("load"), then=("report",)),
)


def test_an_inactive_conditional_trigger_never_fires() -> None:
    """What was not activated when the run began cuts its branch off, and the run does not say that all went well.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html: "To temporarily stop a trigger from firing, you can
    deactivate it."
    """
    play = Play(SWITCHED_OFF)
    play.end("load")
    play.end("report")
    assert play.fired == ["start", "on"]
    assert play.status == "COMPLETED"
    assert play.states == {"load": ["SUCCEEDED"], "publish": [], "report": ["SUCCEEDED"]}
    assert play.picture.outcome == "PARTIAL"


def test_an_inactive_schedule_never_fires() -> None:
    """A run of a workflow whose schedule is not activated does nothing."""
    play = Play(workflow(start_trigger("load", type="SCHEDULED", enabled=False)))
    assert play.fired == []
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 1}
    assert play.picture.outcome == "PARTIAL"


def test_activation_says_nothing_of_the_other_start_triggers() -> None:
    """ON_DEMAND and EVENT triggers "always remain in the CREATED state" and fire all the same.

    https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html
    """
    assert Play(workflow(start_trigger("load", enabled=False))).fired == ["start"]
    assert Play(workflow(start_trigger("load", type="EVENT", enabled=False)), start="EVENT").fired == ["start"]


def test_inactive_trigger_overridden() -> None:
    """`on_request` lets an inactive schedule fire for `StartWorkflowRun`; `fires` does not look at activation."""
    scheduled = workflow(start_trigger("load", type="SCHEDULED", enabled=False))
    on_request, fires = Policies(inactive_trigger="on_request"), Policies(inactive_trigger="fires")
    assert Play(scheduled, on_request, start="API").fired == ["start"]
    assert Play(scheduled, on_request, start="SCHEDULE").fired == []
    assert Play(scheduled, fires, start="SCHEDULE").fired == ["start"]
    for policies, expected in ((on_request, ["start", "on"]), (fires, ["start", "off", "on"])):
        play = Play(SWITCHED_OFF, policies)
        play.end("load")
        assert play.fired == expected


def test_completion_overridden() -> None:
    """`all_ended` keeps a run RUNNING while a branch was not taken; it can be stopped, and ends when all have run."""
    design = workflow(start_trigger("load"), when_all("bad", ends("load", "FAILED"), then=("page",)))
    policies = Policies(completion="all_ended")
    stuck = Play(design, policies)
    stuck.end("load")
    assert (stuck.status, stuck.picture.completed_on) == ("RUNNING", None)
    stuck.stop()
    assert stuck.status == "STOPPED"
    whole = Play(design, policies)
    whole.end("load", "FAILED")
    whole.end("page")
    assert whole.status == "COMPLETED"


def test_total_actions_overridden() -> None:
    """`nodes` counts a job once however many triggers start it; `started` counts what ran so far."""
    pairs = shared_twice(Play(SHARED))
    assert pairs.counters == {"total": 5, "succeeded": 4, "running": 1}
    nodes = shared_twice(Play(SHARED, Policies(total_actions="nodes")))
    assert nodes.counters == {"total": 4, "succeeded": 4, "running": 1}
    started = Play(SHARED, Policies(total_actions="started"))
    assert started.counters == {"total": 2, "running": 2}


def test_crawler_busy_overridden() -> None:
    """`FAILED` lets triggers hear of a crawler that was running already."""
    design = workflow(start_trigger("crawl"), when_all("bad", ends("crawl", "FAILED"), then=("page",)))
    play = Play(design, Policies(crawler_busy="FAILED"))
    play.refuse("crawl", "CRAWLER_BUSY")
    assert play.fired == ["start", "bad"]
    assert play.counters == {"total": 2, "failed": 1, "running": 1}


@pytest.mark.parametrize(("name", "reason"), [("load", "JOB_MISSING"), ("crawl", "CRAWLER_MISSING")])
def test_error_state_overridden(name: str, reason: RefusalReason) -> None:
    """`FAILED` lets triggers hear of a job or crawler that is gone."""
    design = workflow(start_trigger(name), when_all("bad", ends(name, "FAILED"), then=("page",)))
    play = Play(design, Policies(error_state="FAILED"))
    play.refuse(name, reason)
    assert play.fired == ["start", "bad"]


@pytest.mark.parametrize(
    ("queue", "enabled", "state"),
    [("always", False, "WAITING"), ("always", True, "WAITING"), ("never", False, "FAILED"), ("never", True, "FAILED")],
)
def test_queue_overridden(queue: Literal["always", "never"], enabled: bool, state: str) -> None:  # noqa: FBT001 -- parametrized
    """Whether a job over its limit waits need not depend on the job."""
    play = Play(workflow(start_trigger("load")), Policies(queue=queue))
    play.refuse("load", "JOB_BUSY", queuing_enabled=enabled)
    assert play.states["load"] == [state]
