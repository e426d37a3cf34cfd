"""What Glue tells EventBridge of a run: that a job run has ended, that a crawl has begun or ended.

Comes in: an event, and what it made of a job run or crawl. Goes out: the event that Glue would send, or none.
There is none about a workflow run, nor about a job run that ended in ERROR or EXPIRED.
Sources: https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html and
https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-glue.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gluedsl.engine.events import ActionStarted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gluedsl.engine.events import Event
    from gluedsl.engine.state import StartedAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An event of source `aws.glue`."""

    detail_type: str
    detail: Mapping[str, str]
    at: datetime


class _Said(NamedTuple):
    state: str
    message: str
    severity: str = ""


_OF_JOBS = {
    "SUCCEEDED": _Said("SUCCEEDED", "Job run succeeded", "INFO"),
    "FAILED": _Said("FAILED", "Job run failed", "ERROR"),
    "TIMEOUT": _Said("TIMEOUT", "Job run timed out", "WARN"),
    "STOPPED": _Said("STOPPED", "Job run stopped", "INFO"),
}
_OF_CRAWLS = {
    "RUNNING": _Said("Started", "Crawler Started"),
    "SUCCEEDED": _Said("Succeeded", "Crawler Succeeded"),
    "FAILED": _Said("Failed", "Crawler Failed"),
}


def notice_of(event: Event, before: StartedAction, after: StartedAction) -> Notice | None:
    """Return what Glue tells when an event has changed a job run or crawl of a run; None: nothing.

    Every attempt of a job counts, whatever conditions see of it.
    """
    has_ended = before.is_under_way and not after.is_under_way
    if after.node.type == "JOB":
        said = _OF_JOBS.get(after.state) if has_ended else None
        return None if said is None else _of_job(after, said, event.at)
    has_begun = isinstance(event, ActionStarted) and after.is_under_way
    said = _OF_CRAWLS.get(after.state) if has_ended or has_begun else None
    return None if said is None else _of_crawl(after, said, event.at)


def _of_job(action: StartedAction, said: _Said, at: datetime) -> Notice:
    message = action.error if said.state == "FAILED" and action.error else said.message
    detail = {
        "jobName": action.node.name,
        "severity": said.severity,
        "state": said.state,
        "jobRunId": action.id,
        "message": message,
    }
    return Notice(detail_type="Glue Job State Change", detail=detail, at=at)


def _of_crawl(action: StartedAction, said: _Said, at: datetime) -> Notice:
    detail = {"crawlerName": action.node.name, "state": said.state, "message": said.message}
    if action.error is not None:
        detail["errorMessage"] = action.error
    return Notice(detail_type="Glue Crawler State Change", detail=detail, at=at)
