"""Policy `crawler_busy`: a crawler that runs already.

Why: a crawl has a state ERROR, and a start that is refused is an error; the crawler itself goes on, so that nothing
failed that a trigger could wait for.
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


def test_a_busy_crawler_is_an_error() -> None:
    """Its crawl is in ERROR, which no trigger hears."""
    play = Play(workflow(start_trigger("crawl"), when_all("bad", ends("crawl", "FAILED"), then=("page",))))
    play.refuse("crawl", "CRAWLER_BUSY")
    assert play.states["crawl"] == ["ERROR"]
    assert play.fired == ["start"]


def test_crawler_busy_overridden() -> None:
    """`FAILED` lets triggers hear of a crawler that was running already."""
    design = workflow(start_trigger("crawl"), when_all("bad", ends("crawl", "FAILED"), then=("page",)))
    play = Play(design, Policies(crawler_busy="FAILED"))
    play.refuse("crawl", "CRAWLER_BUSY")
    assert play.fired == ["start", "bad"]
    assert play.counters == {"total": 2, "failed": 1, "running": 1}
