"""The order in which the triggers of a workflow are made."""

from __future__ import annotations

from gluedsl.emit.chain import chained, in_order
from gluedsl.model import Trigger, Workflow


def test_the_start_trigger_is_last() -> None:
    """The others keep their order, and each knows the one before it."""
    start, first, second = (
        Trigger(name="start", type="ON_DEMAND"),
        Trigger(name="first", type="CONDITIONAL"),
        Trigger(name="second", type="CONDITIONAL"),
    )
    workflow = Workflow(name="nightly", triggers=(start, first, second))

    assert in_order(workflow) == [first, second, start]
    assert [*chained(workflow)] == [(None, first), (first, second), (second, start)]


def test_no_triggers() -> None:
    """A workflow may have none."""
    assert [*chained(Workflow(name="nightly"))] == []
