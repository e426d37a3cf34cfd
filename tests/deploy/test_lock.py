"""One deployment at a time, and nothing that a killed one leaves in the way for long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.lock import SILENCE_SECONDS, Holder, Lock, LockedError
from gluedsl.deploy.ownership import Owner
from gluedsl.deploy.resources import Bucket
from tests.support.account import refuse
from tests.support.local import until
from tests.support.locks import Clock, FakeLocks

BUCKET = Bucket(name="scripts", account="1", managed=True)
KEY = "gluedsl/lakehouse/lock.json"
ANA = Holder(
    who="ana on laptop", since="2026-01-02 03:04:05 UTC", ticket="a", machine="elsewhere", process=7, began="3"
)
BEN = replace(ANA, who="ben on desk", ticket="b")


def lock(place: FakeLocks, clock: Clock, holder: Holder = BEN, stage: str | None = None) -> Lock:
    """Return the lock of a project, for somebody."""
    owner = Owner(project="lakehouse", stage=stage)
    return Lock(place=place, bucket=BUCKET, owner=owner, holder=holder, sleep=clock.sleep, clock=clock)


def test_a_lock_is_there_while_it_is_held() -> None:
    """It says who holds it, and is gone afterwards; each stage of a project has its own."""
    place, clock = FakeLocks(), Clock()
    with lock(place, clock).held(Halt(), _nobody_waits):
        said = json.loads(place.objects[KEY][0])
        assert (said["who"], said["since"]) == ("ben on desk", "2026-01-02 03:04:05 UTC")
        with lock(place, clock, stage="dev").held(Halt(), _nobody_waits):
            assert set(place.objects) == {KEY, "gluedsl/lakehouse/stages/dev/lock.json"}
    assert place.objects == {}


def test_a_lock_is_given_back_after_a_failure() -> None:
    """Whatever became of the deployment."""
    place = FakeLocks()
    with pytest.raises(ZeroDivisionError), lock(place, Clock()).held(Halt(), _nobody_waits):
        _ = 1 / 0
    assert place.objects == {}


def test_another_deployment_that_is_alive() -> None:
    """It is heard of within seconds; who it is, and what to do, is said."""
    place, clock = FakeLocks({KEY: (ANA.content(0), "old")}), Clock()

    def beat(now: float) -> None:
        place.objects[KEY] = (ANA.content(int(now)), f"beat {now}")

    clock.meanwhile = beat
    waits: list[str] = []
    with (
        pytest.raises(LockedError) as error,
        lock(place, clock).held(Halt(), lambda reason, seconds: waits.append(f"{reason} ({seconds:g} s)")),
    ):
        pass
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        (
            "another deployment of project `lakehouse` is under way, by ana on laptop since 2026-01-02 03:04:05 UTC; "
            "nothing of the project was changed"
        ),
        "wait until it has ended, then look at the plan again",
        3,
    )
    assert waits == [
        "ana on laptop began to deploy this project at 2026-01-02 03:04:05 UTC, and may be gone (30 s)",
    ]


def test_a_deployment_that_was_killed_elsewhere() -> None:
    """Its lock is taken over once nothing was heard of it for half a minute."""
    place, clock = FakeLocks({KEY: (ANA.content(3), "old")}), Clock()
    with lock(place, clock).held(Halt(), lambda *_: None):
        assert Holder.read(place.objects[KEY][0]) == BEN
    assert SILENCE_SECONDS <= clock.now <= SILENCE_SECONDS + 2
    assert place.objects == {}


def test_a_deployment_that_was_killed_here() -> None:
    """Its lock is taken over at once: the process is known to be gone."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    gone = replace(Holder.here(), process=process.pid, ticket="gone")
    place, clock = FakeLocks({KEY: (gone.content(0), "old")}), Clock()
    with lock(place, clock).held(Halt(), _nobody_waits):
        assert Holder.read(place.objects[KEY][0]) == BEN
    assert clock.now == 0


def test_another_process_with_its_id() -> None:
    """Ids of processes come again: one that began at another time is another one."""
    gone = replace(Holder.here(), began="1", ticket="gone")
    place, clock = FakeLocks({KEY: (gone.content(0), "old")}), Clock()
    with lock(place, clock).held(Halt(), _nobody_waits):
        assert Holder.read(place.objects[KEY][0]) == BEN
    assert clock.now == 0


def test_a_process_that_has_ended_and_that_nobody_has_asked_how() -> None:
    """It is gone, though its id is still there."""
    says = "from gluedsl.deploy.lock import Holder; print(Holder.here().content(0).decode(), flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", says], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        place, clock = FakeLocks({KEY: (process.stdout.readline(), "old")}), Clock()
        with pytest.raises(LockedError), lock(place, clock).held(Halt(), _nobody_waits):
            pass
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        with lock(place, clock).held(Halt(), _nobody_waits):
            assert Holder.read(place.objects[KEY][0]) == BEN
    assert clock.now == 0


def test_a_deployment_of_a_process_that_is_here() -> None:
    """It is refused at once: nothing has to be waited for to know that it is alive."""
    here = Holder.here()
    assert here.process == os.getpid()
    place, clock = FakeLocks({KEY: (here.content(0), "old")}), Clock()
    with pytest.raises(LockedError), lock(place, clock).held(Halt(), _nobody_waits):
        pass
    assert clock.now == 0


def test_a_lock_that_is_given_back_meanwhile() -> None:
    """Whoever waits to see whether its holder is alive has it."""
    place, clock = FakeLocks({KEY: (ANA.content(0), "old")}), Clock()
    clock.meanwhile = lambda _: place.objects.clear()
    with lock(place, clock).held(Halt(), lambda *_: None):
        assert Holder.read(place.objects[KEY][0]) == BEN


def test_two_that_take_over_at_once() -> None:
    """One has it; the other one sees that it is alive."""
    place, clock = FakeLocks({KEY: (ANA.content(0), "old")}), Clock()
    other = replace(ANA, who="eve on server", ticket="e")

    def faster(now: float) -> None:
        if now >= SILENCE_SECONDS:
            place.objects[KEY] = (other.content(int(now)), f"eve {now}")

    clock.meanwhile = faster
    with pytest.raises(LockedError) as error, lock(place, clock).held(Halt(), lambda *_: None):
        pass
    assert "by eve on server" in error.value.message


def test_an_answer_that_was_lost() -> None:
    """A lock that says our own name is ours, though its writing was refused when it was repeated."""
    place, clock = FakeLocks({KEY: (BEN.content(0), "mine")}), Clock()
    with lock(place, clock).held(Halt(), _nobody_waits):
        assert place.objects[KEY] == (BEN.content(0), "mine")
    assert place.objects == {}


def test_what_is_no_lock() -> None:
    """An object that cannot be read is a lock of somebody who is not known, and taken over as any other."""
    place, clock = FakeLocks({KEY: (b"\xff", "odd")}), Clock()
    waits: list[str] = []
    with lock(place, clock).held(Halt(), lambda reason, _: waits.append(reason)):
        pass
    assert set(waits) == {"somebody began to deploy this project at an unknown time, and may be gone"}


def test_without_a_bucket_there_is_no_lock() -> None:
    """Nothing was deployed with one then; any other error is told."""
    place = FakeLocks()
    place.before_write = lambda: refuse("PutObject", "NoSuchBucket", "none")
    entered = False
    with lock(place, Clock()).held(Halt(), _nobody_waits):
        entered = True
    assert entered
    place.before_write = lambda: refuse("PutObject", "AccessDenied", "no")
    with pytest.raises(AwsError), lock(place, Clock()).held(Halt(), _nobody_waits):
        pass


def test_a_holder_says_again_and_again_that_it_is_there() -> None:
    """And stops when it is done."""
    place, halt = FakeLocks(), Halt()
    its = replace_beat(lock(place, Clock()), 0.01)
    with its.held(halt, _nobody_waits):
        until(lambda: json.loads(place.objects[KEY][0])["beat"] >= 2)
        assert not halt.is_called
    beats = len(place.written)
    time.sleep(0.05)
    assert len(place.written) == beats


def test_a_lock_that_is_lost() -> None:
    """Whoever was silent for too long, as a laptop that slept, stops: somebody else is at it."""
    place, halt = FakeLocks(), Halt()
    with replace_beat(lock(place, Clock()), 0.01).held(halt, _nobody_waits):
        place.objects[KEY] = (ANA.content(0), "taken")
        until(lambda: halt.is_called)
    assert halt.why is not None
    assert halt.why.message == "another deployment of the same project has taken the lock of this one"
    assert place.objects[KEY] == (ANA.content(0), "taken")


def test_a_lock_that_cannot_be_kept() -> None:
    """Whoever cannot say that it is there for as long as others wait stops as well; a few lost words are no matter."""
    place, clock, halt = FakeLocks(), Clock(), Halt()
    with replace_beat(lock(place, clock), 0.01).held(halt, _nobody_waits):
        place.before_write = lambda: refuse("PutObject", "InternalError", "not today")
        time.sleep(0.05)
        assert not halt.is_called
        clock.now += SILENCE_SECONDS
        until(lambda: halt.is_called)
    assert halt.why is not None
    assert halt.why.message == "the lock of this deployment could not be kept: PutObject: InternalError: not today"


def test_a_lock_of_which_nothing_can_be_learnt() -> None:
    """A refused word that cannot be looked into counts as one that was lost, and the next one is said all the same."""
    place, halt = Unreadable(), Halt()
    with replace_beat(lock(place, Clock()), 0.01).held(halt, _nobody_waits):
        mine = place.objects[KEY]
        place.objects[KEY] = (mine[0], "written, and the answer lost")
        until(lambda: place.failed >= 2)
        assert not halt.is_called
        place.is_readable = True
        until(lambda: json.loads(place.objects[KEY][0])["beat"] >= 2)
    assert place.objects == {}


class Unreadable(FakeLocks):
    """Locks that cannot be read for a while."""

    is_readable = False
    failed = 0

    def read(self, bucket: Bucket, key: str) -> tuple[bytes, str] | None:
        """Fail, or read."""
        if self.is_readable:
            return super().read(bucket, key)
        self.failed += 1
        return refuse("GetObject", "InternalError", "not today")


def replace_beat(its: Lock, seconds: float) -> Lock:
    """Return the lock with a holder that says so often that it is there."""
    its.beat_seconds = seconds
    return its


def _nobody_waits(reason: str, seconds: float) -> None:
    message = f"{reason} {seconds}"
    raise AssertionError(message)
