"""Three workflows of twenty nodes through boto3: killed at any call, throttled, refused; the next deployment converges.

By default a sample of the calls is the last one, in the same places each time; with `GLUEDSL_EXHAUSTIVE=1` each is.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.local.in_process import InProcessGlue
from tests.support.deploy import Watcher
from tests.support.estate import EXHAUSTIVE, FIRST, SECOND, Estate, killed, last_places, places
from tests.support.faults import READS, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200 if EXHAUSTIVE else 300)]


@pytest.fixture(scope="module")
def shared() -> Iterator[Estate]:
    """An account without HTTP between, for several tests: to make one takes longer than to empty it."""
    with pytest.MonkeyPatch.context() as patch, InProcessGlue():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "none")
        yield Estate(boto3)


@pytest.fixture
def estate(shared: Estate) -> Iterator[Estate]:
    """An empty account."""
    shared.wire.refuse = lambda _operation, _request: None
    yield shared
    shared.mend()
    shared.wire.refuse = lambda _operation, _request: None
    shared.destroy()
    assert shared.contents() == {}


def test_a_first_deployment_and_a_removal_killed_at_any_call(estate: Estate) -> None:
    """After reads and after writes alike: what comes next converges, and nothing is lost, left over, or ever run."""
    calls = estate.deploy(FIRST)
    whole = estate.contents()
    assert estate.planned(FIRST).is_empty
    calls = max(calls, estate.destroy())
    assert estate.contents() == {}

    for number, place in enumerate(places(calls, 37)):
        killed(estate, place, lambda: estate.deploy(FIRST))
        if number % 2:
            estate.destroy()
            assert estate.contents() == {}, place
        estate.deploy(FIRST)
        assert estate.planned(FIRST).is_empty, place
        assert estate.deployed() == whole, place
        assert runs(estate.session) == []
        killed(estate, place, estate.destroy)
        estate.destroy()
        assert estate.contents() == {}, place


def test_a_change_killed_at_any_call(estate: Estate) -> None:
    """Updated, stopped and started, replaced, deleted, created: there and back, no trigger is left inactive."""
    estate.deploy(FIRST)
    calls = estate.deploy(SECOND)
    assert len(estate.contents()) == len(estate.contents(but=FIRST)) + 3  # the scripts that runs may still read
    expected = {id(SECOND): estate.contents(but=FIRST)}
    estate.deploy(FIRST)
    expected[id(FIRST)] = estate.contents(but=SECOND)

    for number, place in enumerate(places(calls, 15)):
        wanted, other = (FIRST, SECOND) if number % 2 else (SECOND, FIRST)
        killed(estate, place, partial(estate.deploy, wanted))
        estate.deploy(wanted)
        assert estate.planned(wanted).is_empty, place
        assert estate.deployed(but=other) == expected[id(wanted)], place
        assert runs(estate.session) == []


def test_a_removal_killed_towards_its_end(estate: Estate) -> None:
    """When the workflows are gone, files, the lock, its versions and the bucket are still found and taken away."""
    estate.deploy(FIRST)
    for place in last_places(estate.destroy()):
        estate.deploy(FIRST)
        killed(estate, place, estate.destroy)
        estate.destroy()
        assert estate.contents() == {}, place
        assert estate.planned_removal().steps == ()


def test_throttled_three_times_in_ten(estate: Estate) -> None:
    """Whatever is asked too often is asked again, reads and the lock by boto3 itself, writes by the deployment."""
    chance = random.Random(7)  # noqa: S311 -- to be the same each time

    def refuse(operation: str, request: Any) -> tuple[str, str] | None:
        is_write = not operation.startswith(READS) and "lock.json" not in request["url_path"]
        return ("ThrottlingException", "Rate exceeded") if is_write and chance.random() < 0.3 else None

    estate.wire.refuse = refuse
    watcher = Watcher()
    estate.deploy(FIRST, watcher)
    estate.deploy(SECOND, watcher)
    assert "waiting 1 s: AWS asks for fewer requests a second" in watcher.heard
    assert estate.planned(SECOND).is_empty
    assert runs(estate.session) == []


def test_every_trigger_is_modified_concurrently_at_first(estate: Estate) -> None:
    """A `ConcurrentModificationException` on the first try of each call for each trigger is no matter."""
    tries: Counter[str] = Counter()

    def refuse(operation: str, request: Any) -> tuple[str, str] | None:
        if operation not in {"CreateTrigger", "UpdateTrigger", "DeleteTrigger", "StartTrigger", "StopTrigger"}:
            return None
        what = f"{operation} {request['body']}"
        tries[what] += 1
        return ("ConcurrentModificationException", "Workflow was modified") if tries[what] == 1 else None

    estate.wire.refuse = refuse
    estate.deploy(FIRST)
    estate.deploy(SECOND)
    assert estate.planned(SECOND).is_empty
    estate.destroy()
    assert estate.contents() == {}
    assert len(tries) > 60


def test_a_role_that_nobody_knows_yet(estate: Estate) -> None:
    """The first ten tries of whatever takes a role are refused, as IAM has not told Glue of it."""
    left = [10]
    text = "Service is unable to assume provided role. Please verify role's TrustPolicy"

    def refuse(operation: str, _: object) -> tuple[str, str] | None:
        if operation in {"CreateCrawler", "CreateJob"} and left[0]:
            left[0] -= 1
            return "InvalidInputException", text
        return None

    estate.wire.refuse = refuse
    watcher = Watcher()
    estate.deploy(FIRST, watcher)
    assert "waiting 1 s: a new role is not known everywhere yet" in watcher.heard
    assert left == [0]
    assert estate.planned(FIRST).is_empty
