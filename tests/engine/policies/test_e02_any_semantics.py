"""Policy `any_semantics`: what an ANY trigger does when several of its conditions come true.

Why: a trigger fires once a run, so the first condition that comes true is the one.
"""

from __future__ import annotations

import pytest

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    Play,
    ends,
    start_trigger,
    when_all,
    when_any,
    workflow,
)

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
