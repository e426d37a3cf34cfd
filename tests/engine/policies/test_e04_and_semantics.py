"""Policy `and_semantics`: what an AND trigger remembers.

Why: a trigger that waits for two branches of unequal length, as in the developer guide's own example, must remember
the shorter one.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    Play,
    ends,
    shared_twice,
    start_trigger,
    when_all,
    workflow,
)

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
