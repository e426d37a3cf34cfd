"""Policy `cycle`: a workflow that leads back to itself.

Why: with triggers that fire once a run, a cycle comes to its end by itself; that it is a mistake all the same,
`gluedsl check` says beforehand.
"""

from __future__ import annotations

from gluedsl.engine import Admit, Policies, Refuse, admit
from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)


def test_a_cycle_comes_to_its_end() -> None:
    """A job that leads back to itself does not run for ever, since no trigger fires twice; policy `trigger_fires`."""
    play = Play(
        workflow(
            start_trigger("a"),
            when_all("forth", ends("a"), then=("b",)),
            when_all("back", ends("b"), then=("a",)),
        )
    )
    play.end("a")
    play.end("b")
    assert play.states["a"] == ["SUCCEEDED", "STARTING"]
    play.end("a")
    assert play.fired == ["start", "forth", "back"]
    assert play.started == ["a", "b", "a"]
    assert play.status == "COMPLETED"
    assert play.counters == {"total": 3, "succeeded": 3}


def test_cycle_overridden() -> None:
    """`refuse` lets no run of such a workflow begin, and says where it leads back to itself."""
    circle = workflow(
        start_trigger("a"), when_all("forth", ends("a"), then=("b",)), when_all("back", ends("b"), then=("a",))
    )
    strict = Policies(cycle="refuse")
    assert admit(circle, start="API", active_runs=0) == Admit()
    assert admit(circle, start="API", active_runs=0, policies=strict) == Refuse(
        code="InvalidInputException",
        message="Workflow nightly leads back to itself: forth -> b -> back -> a -> forth.",
    )
    straight = workflow(start_trigger("a"), when_all("forth", ends("a"), then=("b",)))
    assert admit(straight, start="API", active_runs=0, policies=strict) == Admit()
