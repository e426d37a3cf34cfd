"""Three workflows of twenty nodes in accounts of their own: with a crawler that runs, and with HTTP between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest

from gluedsl.local import LocalGlue
from gluedsl.local.in_process import InProcessGlue
from tests.support.deploy import Watcher
from tests.support.estate import FIRST, SECOND, Estate, killed, places
from tests.support.faults import contents, runs
from tests.support.local import HeldExecutor
from tests.support.three_workflows import LAYER, LAYERS

if TYPE_CHECKING:
    from gluedsl.deploy import Step

pytestmark = pytest.mark.slow


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


def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with a server between, in a few places."""
    with LocalGlue() as local:
        for name, value in local.environment().items():
            monkeypatch.setenv(name, value)
        estate = Estate(local.session())
        calls = estate.deploy(FIRST)
        whole = contents(estate.session)
        estate.destroy()
        for place in places(calls, 60)[1:]:
            killed(estate, place, lambda: estate.deploy(FIRST))
            estate.deploy(FIRST)
            assert estate.planned(FIRST).is_empty
            assert contents(estate.session) == whole
            assert runs(estate.session) == []
            estate.destroy()
        assert contents(estate.session) == {}
    assert LAYERS * LAYER == 20
