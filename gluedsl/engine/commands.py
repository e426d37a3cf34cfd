"""What must happen in the world for a workflow run to go on; the driver carries it out and reports by events.

The commands of one step have no order among them: what one trigger starts, starts in parallel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gluedsl.graph import Node
    from gluedsl.model import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class StartJobRun:
    """Start an attempt of a job. Answer with `ActionStarted` and `ActionEnded`, or with `StartRefused`."""

    id: str
    """The job run's id, as Glue writes it: `jr_` and 64 hexadecimal digits, then `_attempt_1` for a first retry."""
    job_name: str
    trigger: str
    """The name of the trigger that fired."""
    attempt: int
    """0, then 1 for the first retry."""
    action: Action
    """Arguments, timeout and the like that override the job's own."""
    previous_id: str | None = None
    """The attempt before this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCrawl:
    """Start a crawler. Answer as for `StartJobRun`."""

    id: str
    """The engine's own, for events: Glue gives crawls no id."""
    crawler_name: str
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueJobRun:
    """Keep a job run, whose start was refused, until its job has a slot, then start it.

    Answer with `ActionStarted` and `ActionEnded` as if it had just been asked for.
    """

    id: str
    job_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopActionRun:
    """Stop a job run or crawl, also one that is queued or about to start.

    Answer with `ActionEnded`: STOPPED for a job run, CANCELLED for a crawl, or as it ended if it was quicker.
    """

    id: str
    node: Node


Command = StartJobRun | StartCrawl | QueueJobRun | StopActionRun
