"""Workflows of any shape, for hypothesis: with cycles, jobs that several triggers start, inactive triggers, and
conditions that nothing can meet.
"""  # noqa: D205 -- one sentence

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.support.engine import ends, start_trigger, when_all, when_any, workflow

if TYPE_CHECKING:
    from gluedsl.engine import EndState
    from gluedsl.model import Trigger, Workflow

NAMES = ("a", "b", "c", "d", "e", "crawl f", "crawl g")
JOB_ENDS: tuple[EndState, ...] = ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED")
CRAWL_ENDS: tuple[EndState, ...] = ("SUCCEEDED", "FAILED", "CANCELLED", "ERROR")

names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple)


@st.composite
def conditional_triggers(draw: st.DrawFn, index: int) -> Trigger:
    """Generate a conditional trigger that may watch and start anything."""
    watched = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
    conditions = [
        ends(name, draw(st.sampled_from(CRAWL_ENDS if name.startswith("crawl") else JOB_ENDS))) for name in watched
    ]
    kind = draw(st.sampled_from((when_all, when_any)))
    return kind(f"t{index}", *conditions, then=draw(names), enabled=draw(st.integers(0, 4)) > 0)


@st.composite
def workflows(draw: st.DrawFn, most_triggers: int = 6) -> Workflow:
    """Generate a workflow."""
    conditional = [draw(conditional_triggers(index)) for index in range(draw(st.integers(0, most_triggers)))]
    return workflow(start_trigger(*draw(names)), *conditional)
