"""Policy `error_state`: a job or crawler that is gone when its turn comes.

Why: the state of the job run is documented, what follows from it is not; no condition can wait for ERROR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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

if TYPE_CHECKING:
    from gluedsl.engine import RefusalReason


def test_error() -> None:
    """A job run of a job that is gone is in ERROR, which no trigger hears."""
    play = Play(workflow(start_trigger("load"), when_all("bad", ends("load", "FAILED"), then=("page",))))
    play.refuse("load", "JOB_MISSING")
    assert play.states["load"] == ["ERROR"]
    assert play.fired == ["start"]


@pytest.mark.parametrize(("name", "reason"), [("load", "JOB_MISSING"), ("crawl", "CRAWLER_MISSING")])
def test_error_state_overridden(name: str, reason: RefusalReason) -> None:
    """`FAILED` lets triggers hear of a job or crawler that is gone."""
    design = workflow(start_trigger(name), when_all("bad", ends(name, "FAILED"), then=("page",)))
    play = Play(design, Policies(error_state="FAILED"))
    play.refuse(name, reason)
    assert play.fired == ["start", "bad"]
