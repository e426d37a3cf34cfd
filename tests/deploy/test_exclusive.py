"""A deployment does what was shown, or nothing; and of two at once, one."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gluedsl.deploy import (
    ApplyError,
    Lock,
    LockedError,
    Owner,
    Plan,
    RefusedPlanError,
    StalePlanError,
    carry_out,
    plan,
    plan_removal,
)
from gluedsl.deploy.lock import Holder
from gluedsl.deploy.resources import Bucket
from gluedsl.errors import DeployError
from tests.support.account import FakeAccount, Killed, refuse
from tests.support.deploy import (
    BUCKET,
    FILES,
    NAME,
    SALES,
    Watcher,
    crawler,
    job,
    told,
    with_crawler,
    with_job,
    with_trigger,
)
from tests.support.locks import Clock, FakeLocks

if TYPE_CHECKING:
    from gluedsl.deploy.steps import Step
    from gluedsl.model import Project

PLACE = Bucket(name=BUCKET, account="123456789012", managed=True)
OTHER = with_trigger(with_job(SALES, "orders", timeout_minutes=30), "sales-start", schedule="cron(0 3 * * ? *)")
OTHER = with_crawler(OTHER, "sales-tables", table_prefix="s_")


def deployed(
    project: Project,
    account: FakeAccount,
    locks: FakeLocks,
    *,
    shown: Plan | None = None,
    watcher: Watcher | None = None,
) -> tuple[Step, ...]:
    """Do what a plan says that was shown, or that is made now."""

    def again() -> Plan:
        return plan(project, FILES, account, name=NAME)

    first = shown or again()
    owner = Owner(project=NAME)
    place = Lock(place=locks, bucket=PLACE, owner=owner)
    return carry_out(first, again, account, account, lock=place, observer=watcher or Watcher())


def test_what_was_shown_is_done() -> None:
    """All of it, the bucket before the lock that is kept in it; the lock is gone afterwards."""
    account, locks = FakeAccount(), FakeLocks()
    seen: list[bool] = []
    locks.before_write = lambda: seen.append(account.buckets.get(BUCKET) == "ready")
    assert told(deployed(SALES, account, locks))[:2] == [f"create bucket `{BUCKET}`", "create workflow `sales`"]
    assert seen
    assert all(seen)
    assert locks.objects == {}
    assert plan(SALES, FILES, account, name=NAME).is_empty


def test_nothing_to_do_takes_no_lock() -> None:
    """A deployment that changes nothing writes nothing at all."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    locks.written.clear()
    account.calls.clear()
    assert deployed(SALES, account, locks) == ()
    assert (locks.written, account.calls) == ([], [])


def test_a_plan_that_went_stale_is_refused() -> None:
    """What somebody changed since the plan was shown makes it another one: that one is told, nothing is done."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    shown = plan(OTHER, FILES, account, name=NAME)
    account.update(with_job(SALES, "customers", timeout_minutes=7).jobs[1])
    account.calls.clear()
    with pytest.raises(StalePlanError) as error:
        deployed(OTHER, account, locks, shown=shown)
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        "the account has changed since this plan was made; nothing of the project was changed",
        "look at the plan as it is now, and repeat the command",
        1,
    )
    assert "update job `customers`" in told(error.value.current.effective)
    assert account.calls == []
    assert locks.objects == {}


def test_a_change_that_concerns_nobody() -> None:
    """What the plan is not about may change meanwhile."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    shown = plan(OTHER, FILES, account, name=NAME)
    account.create(job("theirs"))
    account.create(crawler("theirs"))
    assert told(deployed(OTHER, account, locks, shown=shown)) == told(shown.effective)


def test_a_refused_plan_takes_no_lock() -> None:
    """What cannot be had is said before anything else."""
    account, locks = FakeAccount(), FakeLocks()
    account.create(job("orders"))
    with pytest.raises(RefusedPlanError):
        deployed(SALES, account, locks)
    assert locks.written == []


@pytest.mark.parametrize("round_", range(5))
def test_two_at_once(round_: int) -> None:
    """Of two versions deployed at the same time one wins; the other says so; the account is never a mixture."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    versions = [OTHER, with_job(with_job(SALES, "orders", max_retries=3), "customers", max_retries=round_ + 1)]
    shown = [plan(version, FILES, account, name=NAME) for version in versions]
    ends: list[object] = [None, None]
    gate = threading.Barrier(2)

    def one(number: int) -> None:
        gate.wait()
        try:
            ends[number] = deployed(versions[number], account, locks, shown=shown[number])
        except DeployError as error:
            ends[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    losers = [end for end in ends if isinstance(end, DeployError)]
    assert len(losers) == 1
    assert isinstance(losers[0], LockedError | StalePlanError)
    winner = versions[1 - ends.index(losers[0])]
    assert plan(winner, FILES, account, name=NAME).is_empty
    assert account.hazards == []


def test_two_that_are_the_first() -> None:
    """Both may make the bucket; only one goes on from there."""
    account, locks = FakeAccount(), FakeLocks()
    shown = plan(SALES, FILES, account, name=NAME)
    deployed(SALES, account, locks)
    with pytest.raises(StalePlanError) as error:
        deployed(SALES, account, locks, shown=shown)
    assert error.value.current.is_empty


def test_a_deployment_that_was_killed_is_in_nobodys_way() -> None:
    """The lock of a process that is gone is taken over, and the deployment is finished."""
    account, locks = FakeAccount(), FakeLocks()

    def kill(_: int, __: str, what: str) -> None:
        if what == "create trigger `sales-start`":
            raise Killed

    account.fault = kill
    with pytest.raises(Killed):
        deployed(SALES, account, locks)
    account.fault = None
    deployed(SALES, account, locks)
    assert plan(SALES, FILES, account, name=NAME).is_empty


def test_a_deployment_that_loses_its_lock_stops() -> None:
    """It finishes the step it is at, and says why it did not go on."""
    account, locks = FakeAccount(), FakeLocks()
    taken = threading.Event()

    class Slow(Watcher):
        def started(self, step: Step) -> None:
            if told([step]) == ["create job `orders`"]:
                locks.objects.clear()
                taken.wait(5)

    def again() -> Plan:
        return plan(SALES, FILES, account, name=NAME)

    shown = again()
    place = Lock(place=locks, bucket=PLACE, owner=Owner(project=NAME), beat_seconds=0.01)
    threading.Timer(0.3, taken.set).start()
    with pytest.raises(ApplyError) as error:
        carry_out(shown, again, account, account, lock=place, observer=Slow())
    assert error.value.message == "another deployment of the same project has taken the lock of this one"
    assert "create trigger `sales-start`" in told(error.value.undone)


def removed(account: FakeAccount, locks: FakeLocks, *, shown: Plan | None = None) -> tuple[Step, ...]:
    """Take away what was deployed, as a plan says that was shown, or that is made now."""

    def again() -> Plan:
        return plan_removal(SALES, account, name=NAME)

    place = Lock(place=locks, bucket=PLACE, owner=Owner(project=NAME))
    return carry_out(shown or again(), again, account, account, lock=place, observer=Watcher())


def test_a_removal_is_exclusive_as_well() -> None:
    """It takes the same lock, and deletes the bucket when it has given it back."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    account.calls.clear()
    held: dict[str, bool] = {}
    account.fault = lambda _, __, what: held.update({what: bool(locks.objects)})
    assert told(removed(account, locks))[-1] == f"delete bucket `{BUCKET}`"
    assert [what for what, was in held.items() if not was] == [f"delete bucket `{BUCKET}`"]
    assert account.contents() == {}
    assert locks.objects == {}


def test_a_bucket_into_which_something_came() -> None:
    """All else is done and told so; the bucket stays."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)

    def fault(_: int, moment: str, what: str) -> None:
        if moment == "before" and what.startswith("delete bucket"):
            account.objects[BUCKET]["theirs"] = b""

    account.fault = fault
    with pytest.raises(ApplyError) as error:
        removed(account, locks)
    assert "delete workflow `sales`" in told(error.value.done)
    assert told(error.value.undone) == [f"delete bucket `{BUCKET}`"]
    assert account.contents() == {f"bucket {BUCKET}": "ready", "file theirs": b""}
    assert locks.objects == {}


def test_a_removal_that_fails_leaves_the_bucket() -> None:
    """What comes after the lock is not done either, and is told with what was not."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)

    def fault(_: int, __: str, what: str) -> None:
        if what == "delete workflow `sales`":
            refuse("DeleteWorkflow", "AccessDeniedException", "no")

    account.fault = fault
    with pytest.raises(ApplyError) as error:
        removed(account, locks)
    assert told(error.value.undone)[0] == "delete workflow `sales`"
    assert told(error.value.undone)[-1] == f"delete bucket `{BUCKET}`"
    assert account.buckets == {BUCKET: "ready"}


LEFT = f"delete file `{Owner(project=NAME).lock}`"
"""What a removal does about a lock that a killed one left."""


def with_lock_left() -> tuple[FakeAccount, FakeLocks]:
    """Return an account that has nothing of the project's but a lock, and files of somebody else's."""
    account, locks = FakeAccount(), FakeLocks()
    account.buckets[BUCKET] = "ready"
    key = Owner(project=NAME).lock
    account.objects[BUCKET] = {key: b"", "theirs": b""}
    gone = replace(Holder.here(), ticket="gone", machine="elsewhere")
    locks.objects[key] = (gone.content(0), "old")
    return account, locks


def test_a_lock_that_was_left_goes_with_ours() -> None:
    """It is taken over and given back; by then it may be somebody else's, so it is not deleted as a file is."""
    account, locks = with_lock_left()
    clock = Clock()
    place = Lock(place=locks, bucket=PLACE, owner=Owner(project=NAME), sleep=clock.sleep, clock=clock)

    def again() -> Plan:
        return plan_removal(SALES, account, name=NAME)

    assert told(carry_out(again(), again, account, account, lock=place, observer=Watcher())) == [LEFT]
    assert account.calls == []
    assert locks.objects == {}


def test_the_lock_of_this_removal_is_nothing_to_be_told() -> None:
    """If everything was taken away meanwhile, the plan as it is now does not name the lock that is held just now."""
    account, locks = FakeAccount(), FakeLocks()
    deployed(SALES, account, locks)
    account.objects[BUCKET]["theirs"] = b""
    shown = plan_removal(SALES, account, name=NAME)
    removed(account, locks)
    locks.before_write = lambda: account.objects[BUCKET].update({Owner(project=NAME).lock: b""})
    with pytest.raises(StalePlanError) as error:
        removed(account, locks, shown=shown)
    assert error.value.current.is_empty
