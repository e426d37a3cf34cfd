"""Policy `trigger_fires`: how often a conditional trigger fires in one run.

Why: a graph has one node for each trigger and no count of its firings; and with one firing, what a run comes to does
not depend on the order in which jobs end.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    SHARED,
    Play,
    ends,
    shared_twice,
    start_trigger,
    when_all,
    workflow,
)


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
