"""States of a run are values."""

from __future__ import annotations

from gluedsl.engine import (
    ActionEnded,
    PropertiesPut,
    StopRequested,
    begin,
    snapshot,
    step,
)
from tests.support.engine import (
    MIDNIGHT,
    RUN_ID,
    ends,
    start_trigger,
    when_all,
    workflow,
)

CHAIN = workflow(start_trigger("load"), when_all("loaded", ends("load"), then=("crawl",)))


def test_states_are_values() -> None:
    """A step leaves the state that it was given as it was, so that a run can be branched and compared."""
    start = begin(CHAIN, run_id=RUN_ID, at=MIDNIGHT).state
    picture = snapshot(start)
    (load,) = start.actions
    good = step(start, ActionEnded(id=load, state="SUCCEEDED", at=MIDNIGHT)).state
    bad = step(start, ActionEnded(id=load, state="FAILED", at=MIDNIGHT)).state
    step(start, PropertiesPut(properties={"a": "b"}, at=MIDNIGHT))
    step(start, StopRequested(at=MIDNIGHT))
    assert snapshot(start) == picture
    assert (good.status, bad.status) == ("RUNNING", "COMPLETED")
    assert good != bad
