"""Job runs and crawls that were asked for: what the engine says of each, and what it was started with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from gluedsl.engine import StartedAction

KEPT = 1_000
"""Ended runs that are remembered: of each workflow, each job and each crawler."""


@dataclass(slots=True, kw_only=True)
class ActionRun:
    """An attempt of a job, or a crawl. Changes by being told of the engine's new `StartedAction`."""

    action: StartedAction
    definition: Mapping[str, Any] = field(default_factory=dict)
    """The job or crawler when this started; empty if there was none."""
    modified_on: datetime

    @property
    def id(self) -> str:
        """The id of the job run; for a crawl, the engine's own."""
        return self.action.id

    @property
    def name(self) -> str:
        """The name of the job or crawler."""
        return self.action.node.name

    @property
    def state(self) -> str:
        """Glue's own, of a job run or of a crawl."""
        return self.action.state

    @property
    def is_under_way(self) -> bool:
        """Whether its end is yet to come."""
        return self.action.is_under_way

    @property
    def started_on(self) -> datetime:
        """When it began, or was asked for."""
        return self.action.started_on

    @property
    def completed_on(self) -> datetime | None:
        """When it ended."""
        return self.action.completed_on

    @property
    def error(self) -> str | None:
        """Why it ended as it did."""
        return self.action.error


@dataclass(slots=True, kw_only=True)
class JobRun(ActionRun):
    """An attempt of a job."""

    overrides: Mapping[str, Any] = field(default_factory=dict)
    """What `StartJobRun` was given beside the job's name, in the API's spelling; empty for what a trigger starts."""
    workflow_run: tuple[str, str] | None = None
    """Names of the workflow and its run that this is part of."""
    predecessors: tuple[tuple[str, str], ...] = ()
    """Names of jobs and ids of their runs that made the trigger fire, where the policies tell of them."""
    has_slot: bool = False
    """Whether it counts against the number of runs of its job that may go on at once, until it ends."""

    @property
    def timeout_minutes(self) -> int | None:
        """After how many minutes it is stopped."""
        own = self.action.action.timeout_minutes
        timeout: int | None = own if own is not None else self.definition.get("Timeout")
        return timeout

    @property
    def arguments(self) -> dict[str, str]:
        """Return what the script is called with.

        Arguments that cannot be overridden win over those of the trigger or of `StartJobRun`, those over the defaults,
        key by key (https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html). A run in a workflow is told which
        (https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html). Whether a Python shell job is
        told its name, AWS does not say: here it is, as scripts of such jobs count on it, and is not told the id of its
        own run (https://github.com/boto/boto3/issues/3506).
        """
        merged = {
            **self.definition.get("DefaultArguments", {}),
            **self.action.action.arguments,
            **self.definition.get("NonOverridableArguments", {}),
            "--JOB_NAME": self.name,
        }
        if self.workflow_run is not None:
            name, run_id = self.workflow_run
            merged |= {"--WORKFLOW_NAME": name, "--WORKFLOW_RUN_ID": run_id}
        return merged


Run = TypeVar("Run", bound=ActionRun)


class History(Generic[Run]):
    """The runs of every job, or of every crawler; of those that have ended, the newest."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._runs: dict[str, dict[str, Run]] = defaultdict(dict)

    def add(self, run: Run) -> None:
        """Remember a run that starts now."""
        runs = self._runs[run.name]
        runs[run.id] = run
        ended = (each.id for each in runs.values() if not each.is_under_way)
        for old in tuple(islice(ended, max(len(runs) - self._kept, 0))):
            del runs[old]

    def of(self, name: str) -> list[Run]:
        """Return the runs of a job or crawler, the newest first."""
        return list(reversed(self._runs.get(name, {}).values()))

    def find(self, name: str, run_id: str) -> Run | None:
        """Return one run of a job or crawler."""
        return self._runs.get(name, {}).get(run_id)

    def under_way(self, name: str) -> Iterator[Run]:
        """Return the runs of a job or crawler that have not ended."""
        return (run for run in self._runs.get(name, {}).values() if run.is_under_way)

    def forget(self, name: str) -> None:
        """Forget the runs of a job or crawler that have ended."""
        left = {run.id: run for run in self.under_way(name)}
        if left:
            self._runs[name] = left
        else:
            self._runs.pop(name, None)
