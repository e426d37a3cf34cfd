"""All there is to know of a workflow run at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gluedsl.engine.policies import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from gluedsl.engine.policies import Policies
    from gluedsl.engine.wiring import Wiring
    from gluedsl.graph import Node
    from gluedsl.model import Action, Workflow

RunStatus = Literal["RUNNING", "COMPLETED", "STOPPING", "STOPPED", "ERROR"]
"""Glue's own, of a workflow run."""

ActionState = Literal[
    "WAITING", "STARTING", "RUNNING", "STOPPING", "CANCELLING",
    "SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED", "CANCELLED", "ERROR", "EXPIRED",
]  # fmt: skip
"""Glue's own, of a job run or of a crawl; STOPPING and STOPPED are a job run's, CANCELLING and CANCELLED a crawl's."""

UNDER_WAY: frozenset[ActionState] = frozenset({"WAITING", "STARTING", "RUNNING", "STOPPING", "CANCELLING"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedAction:
    """One attempt of a job, or one crawl, that a trigger of this run has started."""

    id: str
    node: Node
    """A JOB or a CRAWLER."""
    trigger: str
    action: Action
    """The action of the trigger: arguments, timeout and the like."""
    state: ActionState
    attempt: int = 0
    previous_id: str | None = None
    """The attempt before this one."""
    retried_as: str | None = None
    """The attempt after this one; None for the last."""
    started_on: datetime
    """When its trigger fired or, after `ActionStarted`, when it really started."""
    completed_on: datetime | None = None
    error: str | None = None
    predecessors: tuple[str, ...] = ()
    """The ids of the job runs that met its trigger's conditions; empty unless policy `predecessor_runs` is `filled`."""

    @property
    def is_under_way(self) -> bool:
        """Whether its end is yet to come."""
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerProgress:
    """What a trigger has seen so far."""

    met: frozenset[int] = frozenset()
    """Indices of the conditions of its predicate that hold, or that have held."""
    met_by: tuple[str, ...] = ()
    """The ids of the job runs that met them, in order; kept only where policy `predecessor_runs` is `filled`."""
    fired_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """A workflow run. Made by `begin` and `step` only; compare two of them to compare two runs."""

    workflow: Workflow
    """As it was when the run began: later changes to its triggers do not touch the run."""
    run_id: str
    status: RunStatus
    properties: Mapping[str, str]
    """Default run properties, overlaid with those of the start, overlaid with every put in turn."""
    started_on: datetime
    completed_on: datetime | None = None
    error: str | None = None
    """Why the run could not be started; only where `status` is ERROR."""
    triggers: Mapping[str, TriggerProgress] = field(default_factory=dict)
    """By name; a trigger that has seen nothing is missing."""
    actions: Mapping[str, StartedAction] = field(default_factory=dict)
    """By id, in the order in which they were started."""
    previous_run_id: str | None = None
    """The run that this one resumes."""
    generation: int = 0
    """How many runs came before this one, each resumed by the next."""
    policies: Policies = DEFAULTS
    wiring: Wiring = field(repr=False, compare=False)
    """What follows from `workflow` alone, looked up at every event."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status not in {"RUNNING", "STOPPING"}

    @property
    def under_way(self) -> Iterator[StartedAction]:
        """The job runs and crawls whose end is yet to come."""
        return (action for action in self.actions.values() if action.is_under_way)
