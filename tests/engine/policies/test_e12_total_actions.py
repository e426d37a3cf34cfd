"""Policy `total_actions`: what `TotalActions` counts.

Why: AWS's own sample of a run that is COMPLETED counts more actions than all other counters together: those that
never started.
"""

from __future__ import annotations

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    SHARED,
    Play,
    shared_twice,
)


def test_total_actions_overridden() -> None:
    """`nodes` counts a job once however many triggers start it; `started` counts what ran so far."""
    pairs = shared_twice(Play(SHARED))
    assert pairs.counters == {"total": 5, "succeeded": 4, "running": 1}
    nodes = shared_twice(Play(SHARED, Policies(total_actions="nodes")))
    assert nodes.counters == {"total": 4, "succeeded": 4, "running": 1}
    started = Play(SHARED, Policies(total_actions="started"))
    assert started.counters == {"total": 2, "running": 2}
