"""Policy `completion`: when a run is COMPLETED.

Why: AWS says that a run is COMPLETED even if nodes of it do not complete, so that it cannot wait for them.
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


def test_drained() -> None:
    """A run is COMPLETED once nothing runs and nothing more can fire, though a branch was not taken."""
    play = Play(workflow(start_trigger("load"), when_all("bad", ends("load", "FAILED"), then=("page",))))
    play.end("load")
    assert play.status == "COMPLETED"


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
