"""What a worker is given to do, and what it tells.

Between the driver, which knows runs, and executors, which know processes and files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping
    from datetime import datetime

    from gluedsl.engine import EndState


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWork:
    """One attempt of a job."""

    id: str
    """Of the job run."""
    job_name: str
    definition: Mapping[str, Any]
    """The job as `CreateJob` took it."""
    arguments: Mapping[str, str]
    """All that the script is called with, each with its leading `--`."""
    timeout_minutes: int | None
    """None: as long as it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlWork:
    """One crawl."""

    id: str
    crawler_name: str
    definition: Mapping[str, Any]
    """The crawler as `GetCrawler` answers it."""
    asked_for_at: datetime
    """By the clock of the service."""


Work = JobWork | CrawlWork


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job run or crawl ended."""

    state: EndState
    error: str | None = None


class Executor(Protocol):
    """Does the work. Called in a thread of its own; may take as long as it needs, and returns soon after `stop`."""

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:
        """Run a job to its end."""

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:
        """Crawl to the end."""


class WorkForce(Protocol):
    """Lets work be done, and tells a listener what becomes of it. Safe to call from any thread."""

    def start(self, work: Work) -> None:
        """Do this, now or later; the caller holds the service's lock."""

    def stop(self, work_id: str) -> bool:
        """Stop this; True: its end will be told, False: it never began and will not be told of."""

    def settle(self) -> None:
        """Do what is to be done before somebody looks at what has become of things."""

    def close(self) -> None:
        """Stop everything, and wait until it has stopped."""


class Listener(Protocol):
    """Who wants to know what becomes of work. Called from the worker's thread."""

    def began(self, work_id: str) -> None:
        """Take note that the work is being done."""

    def ended(self, work_id: str, end: Ended) -> None:
        """Take note of its end; called once, also for work that never began."""
