"""Policy `stop`: what triggers make of ends in a run that is being stopped.

Why: of a run that is being stopped AWS says that what has not started never starts.
"""

from __future__ import annotations

from gluedsl.engine import Policies
from tests.support.engine import Play, ends, start_trigger, when_all, when_any, workflow

DESIGN = workflow(
    start_trigger("load", "busy"),
    when_all("stopped", ends("load", "STOPPED"), then=("clean up",)),
    when_any("failed", ends("busy", "FAILED"), then=("page",)),
)


def test_nothing_fires() -> None:
    """A trigger that waits for STOPPED does not fire in a run that is being stopped.

    https://docs.aws.amazon.com/glue/latest/dg/workflow-stopping.html: "jobs and crawlers that are not yet started never
    start".
    """
    play = Play(DESIGN)
    play.stop()
    play.end("load", "STOPPED")
    play.refuse("busy", "JOB_BUSY")
    assert play.fired == ["start"]
    assert play.status == "STOPPED"


def test_stop_overridden() -> None:
    """`heard` lets triggers fire for what was stopped; the run is STOPPED when what they start has ended too."""
    play = Play(DESIGN, Policies(stop="heard"))
    play.stop()
    play.refuse("busy", "JOB_BUSY")
    play.end("load", "STOPPED")
    assert play.fired == ["start", "failed", "stopped"]
    assert play.status == "STOPPING"
    play.end("page", "FAILED", max_retries=3)
    play.end("clean up")
    assert play.status == "STOPPED"
    assert play.states["page"] == ["FAILED"]
