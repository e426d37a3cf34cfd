"""Policy `inactive_trigger`: triggers that are not activated.

Why: a trigger is deactivated so that it does not fire; and what it was when the run began is what the rest of the run
follows.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)

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
