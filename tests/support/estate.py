"""An account in which three workflows of twenty nodes are deployed, over a wire that can be cut."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gluedsl.deploy import Lock, Owner, Silence, carry_out, plan, plan_removal
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.lock import Holder
from gluedsl.deploy.planner import script_bucket
from tests.support.account import Killed
from tests.support.deploy import whole_file
from tests.support.faults import Wire, contents
from tests.support.locks import Clock
from tests.support.three_workflows import NAME, SOURCE, changed, files, project

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.deploy import Observer, Plan
    from gluedsl.deploy.gateway import Gateway
    from gluedsl.model import Project

BUCKET = "gluedsl-123456789012-us-east-1"
FIRST = project(BUCKET)
SECOND = changed(project(BUCKET, digest="fedcba9876543210"))
OWN = "own-scripts"
IN_OWN = project(OWN)
"""The project with its scripts in a bucket of the author's."""
_FILES = {id(FIRST): files(), id(SECOND): files("fedcba9876543210"), id(IN_OWN): files()}
EXHAUSTIVE = bool(os.environ.get("GLUEDSL_EXHAUSTIVE"))
"""Takes minutes."""


_GONE = subprocess.Popen([sys.executable, "-c", ""])
_GONE.wait()


class Estate:
    """An account in which the three workflows are deployed, over a wire that can be cut.

    Each deployment takes the lock, and is done by a process that seems to be gone as soon as it makes no call.
    """

    def __init__(self, session: Any, *, bucket: str | None = None) -> None:
        self.session = session
        self.bucket = bucket
        self.wire = Wire()
        self.gateway: Gateway = self.wire.gateway()
        session.client("s3").create_bucket(Bucket=SOURCE)

    def planned(self, wanted: Project) -> Plan:
        """Plan the deployment of the flow file."""
        its = _FILES[id(wanted)]
        return plan(wanted, its, self.gateway, name=NAME, scope=whole_file(wanted), bucket=self.bucket)

    def deploy(self, wanted: Project, observer: Observer | None = None) -> int:
        """Deploy; return how many calls it took."""
        return self._carry_out(lambda: self.planned(wanted), observer or Silence())

    def destroy(self) -> int:
        """Destroy; return how many calls it took."""
        return self._carry_out(self.planned_removal, Silence())

    def planned_removal(self) -> Plan:
        """Plan to take away what the flow file has made."""
        return plan_removal(FIRST, self.gateway, name=NAME, scope=whole_file(FIRST), bucket=self.bucket)

    def _carry_out(self, planned: Callable[[], Plan], observer: Observer) -> int:
        self.wire.calls.clear()
        clock = Clock()
        lock = Lock(
            place=self.gateway.locks,
            bucket=script_bucket(self.bucket, self.gateway.identity()),
            owner=Owner(project=NAME),
            holder=replace(Holder.here(), process=_GONE.pid),
            sleep=clock.sleep,
            clock=clock,
            beat_seconds=3600,
        )
        halt = Halt(lambda _: None)
        carry_out(planned(), planned, self.gateway, self.gateway, lock=lock, observer=observer, halt=halt)
        return len(self.wire.calls)

    def contents(self, *, but: Project | None = None) -> dict[str, Any]:
        """Return everything that is there; `but`: without the files of another version of the project."""
        those = {f"file {file.key}" for file in _FILES.get(id(but), ())} | {f"bucket {SOURCE}", f"bucket {self.bucket}"}
        return {what: its for what, its in contents(self.session).items() if what not in those}

    def deployed(self, *, but: Project | None = None) -> dict[str, Any]:
        """Return the same after a deployment, without the lock.

        Of one that was killed when all was done but giving it back, it stays until there is something to do.
        """
        return {what: its for what, its in self.contents(but=but).items() if what != f"file {Owner(project=NAME).lock}"}

    def cut(self, last: int, *, is_answered: bool) -> None:
        """Let the process be gone after so many calls."""
        self.wire.calls.clear()
        self.wire.last, self.wire.is_answered = last, is_answered

    def mend(self) -> None:
        """Let there be a new process."""
        self.wire.last = None


def places(calls: int, every: int) -> list[tuple[int, bool]]:
    """Return after which calls to be gone, and whether the last one was made, or was just about to be.

    Whoever is gone before a call is gone after the one before it: so where each call is the last, each is made.
    """
    if EXHAUSTIVE:
        return last_places(calls)
    return [(number, bool(number // every % 2)) for number in range(0, calls, every)]


def last_places(calls: int, *, some: int = 8) -> list[tuple[int, bool]]:
    """Return the last of so many calls as places to be gone after."""
    return [(number, True) for number in range(0 if EXHAUSTIVE else max(0, calls - some), calls)]


def killed(estate: Estate, place: tuple[int, bool], action: Callable[[], object]) -> None:
    """Do something that is killed, unless fewer calls were needed this time."""
    estate.cut(place[0], is_answered=place[1])
    try:
        action()
    except Killed:
        pass
    finally:
        estate.mend()
