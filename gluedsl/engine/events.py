"""What happens in the world while a workflow run goes on, as a driver tells it to the engine.

Each event carries its own time. An event about an action run that is not of this run, or that has ended already,
is late or foreign news and changes nothing, as a job started by hand changes nothing in a Glue workflow run
(https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

EndState = Literal["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "CANCELLED", "ERROR", "EXPIRED"]
"""How an action run can end: a job run in any but CANCELLED; a crawl in SUCCEEDED, FAILED, CANCELLED or ERROR."""

ENDS: Mapping[str, tuple[EndState, ...]] = {
    "JOB": ("SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED"),
    "CRAWLER": ("SUCCEEDED", "FAILED", "CANCELLED", "ERROR"),
}
"""By type of node: the states in which it can end, those that conditions can wait for first."""

RefusalReason = Literal["JOB_MISSING", "JOB_BUSY", "CRAWLER_MISSING", "CRAWLER_BUSY"]
"""Why an action run could not start. BUSY: a job is at its MaxConcurrentRuns, a crawler is running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStarted:
    """A job run or crawl that a command asked for is running; also one that was queued and has got its slot."""

    id: str
    """As in the command."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStopping:
    """Somebody is stopping this one job run or crawl (`BatchStopJobRun`, `StopCrawler`); its end is yet to come.

    Not needed after a `StopActionRun` command: the engine knows of that one.
    """

    id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEnded:
    """A job run or crawl has ended; `ActionStarted` may have been left out."""

    id: str
    state: EndState
    at: datetime
    error: str | None = None
    max_retries: int = 0
    """The job's `MaxRetries` at this moment: changes to a job take effect while a workflow run goes on
    (https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html), so the run's snapshot does not hold it.
    Only read when `state` is FAILED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTimedOut:
    """A job run has been running for as long as its timeout lets it; `timeouts.timeout_of` says how long that is.

    The engine ends it in TIMEOUT, which is not retried, and answers with `StopActionRun`; what the job reports later
    comes too late. Ignored for a job run that waits or is being stopped, and for a crawl, which has no timeout.
    """

    id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRefused:
    """What a `StartJobRun` or `StartCrawl` command asked for cannot start.

    The engine decides what becomes of it: a job run or crawl that ended FAILED or ERROR with Glue's message,
    or a `QueueJobRun` command. A refused start is not retried.
    """

    id: str
    reason: RefusalReason
    at: datetime
    queuing_enabled: bool = False
    """The job's `JobRunQueuingEnabled`; only read when `reason` is JOB_BUSY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertiesPut:
    """Somebody called `PutWorkflowRunProperties`; ask `property_put_refusal` first whether it may be."""

    properties: Mapping[str, str]
    """Only the keys that were put; they are merged into the run's, the later put winning."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRequested:
    """Somebody called `StopWorkflowRun`; ask `stop_refusal` first whether it may be. Ignored unless RUNNING."""

    at: datetime


Event = ActionStarted | ActionStopping | ActionEnded | ActionTimedOut | StartRefused | PropertiesPut | StopRequested
