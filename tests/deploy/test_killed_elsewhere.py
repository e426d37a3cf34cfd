"""Three workflows in accounts of their own: with a crawler that runs, a bucket of the author's, HTTP between.

By default a sample of the calls is the last one; with `GLUEDSL_EXHAUSTIVE=1` each is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import boto3
import pytest

from gluedsl.local import LocalGlue
from gluedsl.local.in_process import InProcessGlue
from tests.support.deploy import Watcher
from tests.support.estate import EXHAUSTIVE, FIRST, IN_OWN, OWN, SECOND, Estate, killed, last_places, places
from tests.support.faults import runs
from tests.support.local import HeldExecutor
from tests.support.three_workflows import LAYER, LAYERS

if TYPE_CHECKING:
    from gluedsl.deploy import Step

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200 if EXHAUSTIVE else 300)]


def test_a_crawler_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for, up to its end, then updated, and deleted."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    executor = HeldExecutor()

    class Ending(Watcher):
        def waiting(self, step: Step | None, reason: str, seconds: float) -> None:
            super().waiting(step, reason, seconds)
            executor.end("nightly-tables-1")

    with InProcessGlue(executor=executor):
        estate = Estate(boto3)
        estate.deploy(FIRST)
        boto3.client("glue", region_name="us-east-1").start_crawler(Name="nightly-tables-1")
        watcher = Ending()
        estate.deploy(SECOND, watcher)
        assert "waiting 1 s: the crawler is running" in watcher.heard
        assert estate.planned(SECOND).is_empty


@pytest.mark.parametrize("keeping", ["Enabled", None])
def test_a_bucket_of_the_authors(monkeypatch: pytest.MonkeyPatch, keeping: Literal["Enabled"] | None) -> None:
    """A removal leaves nothing of ours in it, whatever it keeps and after whichever call it was killed."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with InProcessGlue():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket=OWN)
        if keeping:
            s3.put_bucket_versioning(Bucket=OWN, VersioningConfiguration={"Status": keeping})
        s3.put_object(Bucket=OWN, Key="theirs.csv", Body=b"")
        estate = Estate(boto3, bucket=OWN)
        estate.deploy(IN_OWN)
        for place in last_places(estate.destroy(), some=3):
            killed(estate, place, lambda: estate.deploy(IN_OWN))
            estate.deploy(IN_OWN)
            killed(estate, place, estate.destroy)
            estate.destroy()
            assert list(estate.contents()) == ["file theirs.csv"], place


def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first deployment and a removal with a server between, killed in a few places, or with every call."""
    with LocalGlue() as local:
        for name, value in local.environment().items():
            monkeypatch.setenv(name, value)
        estate = Estate(local.session())
        calls = estate.deploy(FIRST)
        whole = estate.contents()
        calls = max(calls, estate.destroy())
        for place in places(calls, 60)[0 if EXHAUSTIVE else 1 :]:
            killed(estate, place, lambda: estate.deploy(FIRST))
            estate.deploy(FIRST)
            assert estate.planned(FIRST).is_empty, place
            assert estate.deployed() == whole, place
            assert runs(estate.session) == []
            killed(estate, place, estate.destroy)
            estate.destroy()
            assert estate.contents() == {}, place
    assert LAYERS * LAYER == 20
