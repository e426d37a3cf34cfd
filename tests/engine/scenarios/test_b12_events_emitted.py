"""What Glue tells EventBridge while a run goes on.

https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html has the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.engine import Notice, notice_of
from tests.support.engine import MIDNIGHT, Play, ends, start_trigger, when_all, workflow

if TYPE_CHECKING:
    from gluedsl.engine import EndState, Event


class Told(Play):
    """A run of which every event that Glue would send is kept."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        self.notices: list[Notice] = []
        super().__init__(*args, **settings)

    def tell(self, event: Event) -> tuple[Any, ...]:
        """Hand an event to the engine, and keep what Glue would say."""
        before = self.state.actions
        commands = super().tell(event)
        changed = ((before[id_], action) for id_, action in self.state.actions.items() if id_ in before)
        told = (notice_of(event, was, is_) for was, is_ in changed if was is not is_)
        self.notices += [notice for notice in told if notice is not None]
        return commands

    @property
    def said(self) -> list[tuple[str, str]]:
        """Of whom, and which state."""
        return [
            (notice.detail.get("jobName") or notice.detail["crawlerName"], notice.detail["state"])
            for notice in self.notices
        ]


@pytest.mark.parametrize(
    ("state", "severity", "message"),
    [
        ("SUCCEEDED", "INFO", "Job run succeeded"),
        ("FAILED", "ERROR", "no orders"),
        ("TIMEOUT", "WARN", "Job run timed out"),
        ("STOPPED", "INFO", "Job run stopped"),
    ],
)
def test_the_end_of_a_job_run(state: EndState, severity: str, message: str) -> None:
    """An event "Glue Job State Change" is sent for SUCCEEDED, FAILED, TIMEOUT and STOPPED, at the end only.

    https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html: "Events
    for "detail-type":"Glue Job State Change" are generated for SUCCEEDED, FAILED, TIMEOUT, and STOPPED."
    """
    run = Told(workflow(start_trigger("load")))
    run.really_start("load")
    assert run.notices == []
    id_ = run.under_way("load").id

    run.end("load", state, error="no orders" if state == "FAILED" else None)

    detail = {"jobName": "load", "severity": severity, "state": state, "jobRunId": id_, "message": message}
    assert run.notices == [Notice(detail_type="Glue Job State Change", detail=detail, at=run.now)]
    assert run.now > MIDNIGHT


@pytest.mark.parametrize("state", ["ERROR", "EXPIRED"])
def test_ends_that_are_not_told(state: EndState) -> None:
    """A job run that ends in ERROR or EXPIRED is in no event."""
    run = Told(workflow(start_trigger("load")))

    run.end("load", state)

    assert run.notices == []


def test_every_attempt_is_told() -> None:
    """An attempt that fails is told also where another follows, though conditions see the last one only."""
    run = Told(workflow(start_trigger("load"), when_all("loaded", ends("load"), then=("report",))))

    run.end("load", "FAILED", max_retries=1)
    run.end("load", "SUCCEEDED", max_retries=1)
    run.end("report")

    assert run.said == [("load", "FAILED"), ("load", "SUCCEEDED"), ("report", "SUCCEEDED")]
    assert run.notices[1].detail["jobRunId"].endswith("_attempt_1")


def test_a_crawl() -> None:
    """An event "Glue Crawler State Change" is sent when it has started, and when it has succeeded or failed.

    https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html: "Events
    for "detail-type":"Glue Crawler State Change" are generated for Started, Succeeded, and Failed."
    """
    run = Told(workflow(start_trigger("crawl one", "crawl two")))
    for name in ("crawl one", "crawl two"):
        run.really_start(name)
    run.end("crawl one")
    run.end("crawl two", "FAILED", error="no such bucket")

    assert run.said == [
        ("crawl one", "Started"),
        ("crawl two", "Started"),
        ("crawl one", "Succeeded"),
        ("crawl two", "Failed"),
    ]
    assert {notice.detail_type for notice in run.notices} == {"Glue Crawler State Change"}
    assert run.notices[-1].detail == {
        "crawlerName": "crawl two",
        "state": "Failed",
        "message": "Crawler Failed",
        "errorMessage": "no such bucket",
    }


def test_a_crawl_that_could_not_start() -> None:
    """One that was refused, because its crawler was running, began nothing and is not told of."""
    run = Told(workflow(start_trigger("crawl")))

    run.refuse("crawl", "CRAWLER_BUSY")

    assert run.notices == []


def test_a_run_tells_nothing_of_itself() -> None:
    """There is no event about a workflow run: its end follows from the ends of its jobs and crawlers, or is polled."""
    run = Told(workflow(start_trigger("load", "crawl")))
    run.put(rows="3")
    run.stop()
    run.end("load", "STOPPED")
    run.end("crawl", "CANCELLED")

    assert run.status == "STOPPED"
    assert run.said == [("load", "STOPPED")]
