"""An account in which three workflows of twenty nodes are deployed, over a wire that can be cut."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from gluedsl.deploy import Silence, apply, plan, plan_removal
from tests.support.account import Killed
from tests.support.deploy import whole_file
from tests.support.faults import Wire
from tests.support.three_workflows import NAME, SOURCE, changed, files, project

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.deploy import Observer, Plan
    from gluedsl.deploy.gateway import Gateway
    from gluedsl.model import Project

BUCKET = "gluedsl-123456789012-us-east-1"
FIRST = project(BUCKET)
SECOND = changed(FIRST)
EXHAUSTIVE = bool(os.environ.get("GLUEDSL_EXHAUSTIVE"))
"""Takes minutes."""


class Estate:
    """An account in which the three workflows are deployed, over a wire that can be cut."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.wire = Wire()
        self.gateway: Gateway = self.wire.gateway()
        session.client("s3").create_bucket(Bucket=SOURCE)

    def planned(self, wanted: Project) -> Plan:
        """Plan the deployment of the flow file."""
        return plan(wanted, files(), self.gateway, name=NAME, scope=whole_file(wanted))

    def deploy(self, wanted: Project, observer: Observer | None = None) -> int:
        """Deploy; return how many calls it took."""
        self.wire.calls.clear()
        planned = self.planned(wanted)
        apply(planned, self.gateway, self.gateway, sleep=lambda _: None, observer=observer or Silence())
        return len(self.wire.calls)

    def destroy(self) -> int:
        """Destroy; return how many calls it took."""
        self.wire.calls.clear()
        planned = plan_removal(FIRST, self.gateway, name=NAME, scope=whole_file(FIRST))
        apply(planned, self.gateway, self.gateway, sleep=lambda _: None, observer=Silence())
        return len(self.wire.calls)

    def cut(self, last: int, *, is_answered: bool) -> None:
        """Let the process be gone after so many calls."""
        self.wire.calls.clear()
        self.wire.last, self.wire.is_answered = last, is_answered

    def mend(self) -> None:
        """Let there be a new process."""
        self.wire.last = None


def places(calls: int, every: int) -> list[tuple[int, bool]]:
    """Return after which calls to be gone, and whether the last one was answered."""
    if EXHAUSTIVE:
        return [(number, answered) for number in range(calls) for answered in (False, True)]
    return [(number, bool(number // every % 2)) for number in range(0, calls, every)]


def killed(estate: Estate, place: tuple[int, bool], action: Callable[[], object]) -> None:
    """Do something that is killed, unless fewer calls were needed this time."""
    estate.cut(place[0], is_answered=place[1])
    try:
        action()
    except Killed:
        pass
    finally:
        estate.mend()
