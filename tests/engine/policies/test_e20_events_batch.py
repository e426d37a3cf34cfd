"""Policy `events_batch`: events that wait when a run begins for another reason.

Why: AWS says that counter and window begin anew, and not what becomes of events that wait already; to keep them loses
nothing.
"""

from __future__ import annotations

from datetime import timedelta

from gluedsl.engine import NO_EVENTS, Drop, Policies, admit, event_arrived, run_began
from gluedsl.model import EventBatching
from tests.support.engine import MIDNIGHT, start_trigger, workflow

TWO = EventBatching(batch_size=2, batch_window_seconds=60)


def test_events_go_on_waiting() -> None:
    """Somebody starts a run by hand while one event waits for a second: it goes on waiting, as long as it would."""
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, TWO)
    assert run_began(waiting) == waiting
    _, (firing,) = event_arrived(run_began(waiting), "e-1", MIDNIGHT + timedelta(seconds=5), TWO)
    assert firing.ids == ("e-0", "e-1")


def test_a_batch_over_the_limit_is_lost() -> None:
    """It is not tried again, and the next event begins a new batch.

    https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html: "AWS Glue does not retry workflow runs that
    fail due to exceeded concurrency limits."
    """
    design = workflow(start_trigger("load", type="EVENT"), max_concurrent_runs=1)
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, TWO)
    waiting, (firing,) = event_arrived(waiting, "e-1", MIDNIGHT, TWO)
    assert firing.ids == ("e-0", "e-1")
    assert admit(design, start="EVENT", active_runs=1) == Drop()
    waiting, fired = event_arrived(waiting, "e-2", MIDNIGHT, TWO)
    assert (waiting.ids, fired) == (("e-2",), ())


def test_events_batch_overridden() -> None:
    """`reset` lets every run begin with counter and window at zero, so that what waits is lost."""
    waiting, _ = event_arrived(NO_EVENTS, "e-0", MIDNIGHT, TWO)
    assert run_began(waiting, Policies(events_batch="reset")) == NO_EVENTS
