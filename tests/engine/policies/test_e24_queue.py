"""Policy `queue`: a job over its limit of concurrent runs.

Why: the choice is the job's own, and AWS documents what it does.
"""

from __future__ import annotations

from typing import Literal

import pytest

from gluedsl.engine import (
    Policies,
)
from tests.support.engine import (
    Play,
    start_trigger,
    workflow,
)


@pytest.mark.parametrize(("enabled", "state"), [(True, "WAITING"), (False, "FAILED")])
def test_as_configured(enabled: bool, state: str) -> None:  # noqa: FBT001 -- parametrized
    """A job with `JobRunQueuingEnabled` waits for a slot, another fails."""
    play = Play(workflow(start_trigger("load")))
    play.refuse("load", "JOB_BUSY", queuing_enabled=enabled)
    assert play.states["load"] == [state]


@pytest.mark.parametrize(
    ("queue", "enabled", "state"),
    [("always", False, "WAITING"), ("always", True, "WAITING"), ("never", False, "FAILED"), ("never", True, "FAILED")],
)
def test_queue_overridden(queue: Literal["always", "never"], enabled: bool, state: str) -> None:  # noqa: FBT001 -- parametrized
    """Whether a job over its limit waits need not depend on the job."""
    play = Play(workflow(start_trigger("load")), Policies(queue=queue))
    play.refuse("load", "JOB_BUSY", queuing_enabled=enabled)
    assert play.states["load"] == [state]
