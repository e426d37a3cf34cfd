"""Policy `retry_visibility`: which attempts of a job conditions see.

Why: a retry is there so that nobody need care about the first failure; a branch for failures that starts although the
job succeeds in the end would surprise everybody.
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


def test_retry_visibility() -> None:
    """A FAILED condition is met after the last attempt; overridden, after each."""
    design = workflow(
        start_trigger("load"),
        when_all("bad", ends("load", "FAILED"), then=("page",)),
        when_all("good", ends("load"), then=("publish",)),
    )
    final = Play(design)
    final.end("load", "FAILED", max_retries=1)
    assert final.fired == ["start"]
    final.end("load")
    assert final.fired == ["start", "good"]

    every = Play(design, Policies(retry_visibility="every"))
    every.end("load", "FAILED", max_retries=1)
    assert every.fired == ["start", "bad"]
    every.end("load")
    assert every.fired == ["start", "bad", "good"]
    assert every.counters == {"total": 3, "succeeded": 1, "running": 2}
