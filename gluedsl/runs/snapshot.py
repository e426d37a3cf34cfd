"""A workflow run at one moment, and what it came to.

Glue calls every run that ends COMPLETED, whatever happened in it. `RunSnapshot.outcome` says what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from gluedsl.graph import Node, started_when_all_succeed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gluedsl.model import Workflow

Outcome = Literal["SUCCEEDED", "FAILED", "PARTIAL"]

ENDED_BADLY = frozenset({"FAILED", "TIMEOUT", "STOPPED", "ERROR", "EXPIRED", "CANCELLED"})
"""States in which a job run or crawl ends without having done its work."""
UNDER_WAY = frozenset({"WAITING", "STARTING", "RUNNING", "STOPPING", "CANCELLING"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRun:
    """One attempt of a job, or one crawl."""

    id: str
    """Empty for a crawl: Glue gives crawls none."""
    state: str
    """Glue's own: of a job run or of a crawl."""
    attempt: int = 0
    trigger: str | None = None
    """What started it; None where Glue does not say."""
    started_on: datetime | None = None
    completed_on: datetime | None = None
    error: str | None = None
    predecessors: tuple[tuple[str, str], ...] = ()
    """Names of jobs and ids of their runs that made the trigger fire, where that is told; Glue tells it of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRuns:
    """A job or crawler of the workflow, with what ran of it; nothing where it was not started."""

    node: Node
    runs: tuple[ActionRun, ...] = ()
    """In the order of their starts, the attempts of one run together."""

    @property
    def last(self) -> ActionRun | None:
        """The newest attempt of the newest run."""
        return self.runs[-1] if self.runs else None

    @property
    def state(self) -> str | None:
        """The state of `last`."""
        return self.runs[-1].state if self.runs else None

    @property
    def final(self) -> tuple[ActionRun, ...]:
        """The last attempt of each run, what it came to or is at; several where several triggers start the node."""
        following = self.runs[1:]
        return tuple(run for run, after in zip_longest(self.runs, following) if after is None or after.attempt == 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerFiring:
    """A trigger of the workflow, and when it fired; None: it did not."""

    name: str
    type: str
    fired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Glue's own eight counters."""

    total_actions: int = 0
    """Actions of the run's graph, with those that never started."""
    timeout_actions: int = 0
    failed_actions: int = 0
    stopped_actions: int = 0
    succeeded_actions: int = 0
    running_actions: int = 0
    errored_actions: int = 0
    waiting_actions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSnapshot:
    """A workflow run: the graph it was started with, and what has become of each node."""

    workflow: Workflow
    """As it was when the run began."""
    run_id: str
    status: str
    """Glue's own: RUNNING, COMPLETED, STOPPING, STOPPED or ERROR."""
    nodes: tuple[NodeRuns, ...]
    triggers: tuple[TriggerFiring, ...]
    statistics: Statistics = field(default_factory=Statistics)
    properties: Mapping[str, str] = field(default_factory=dict)
    started_on: datetime | None = None
    completed_on: datetime | None = None
    error: str | None = None
    previous_run_id: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status not in {"RUNNING", "STOPPING"}

    @property
    def ended_badly(self) -> tuple[NodeRuns, ...]:
        """The nodes of which a run ended, with its last attempt, without having done its work."""
        return tuple(n for n in self.nodes if any(run.state in ENDED_BADLY for run in n.final))

    @property
    def never_started(self) -> tuple[NodeRuns, ...]:
        """The nodes that start when all goes well and did not; a trigger that is not activated is no excuse."""
        active = tuple(replace(trigger, enabled=True) for trigger in self.workflow.triggers)
        expected = started_when_all_succeed(replace(self.workflow, triggers=active))
        return tuple(n for n in self.nodes if not n.runs and n.node in expected)

    @property
    def outcome(self) -> Outcome:
        """What the run came to, or has come to so far.

        FAILED: an action ended badly, or the run could not start. PARTIAL: nothing ended badly, yet a node
        that starts when all goes well did not. SUCCEEDED: everything that starts when all goes well ended well;
        a failure branch that had no reason to start takes nothing away.
        """
        if self.ended_badly or self.status == "ERROR":
            return "FAILED"
        if self.never_started or self.status == "STOPPED":
            return "PARTIAL"
        return "SUCCEEDED"
