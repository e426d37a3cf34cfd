"""Runs of the engine that this process drives, and those of workflows that it remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from gluedsl.local.action_runs import KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.engine import RunState
    from gluedsl.local.action_runs import ActionRun


@dataclass(slots=True, kw_only=True)
class DrivenRun:
    """A run of a workflow, or of something that belongs to none, with the job runs and crawls in it."""

    state: RunState
    is_of_workflow: bool
    overrides: Mapping[str, Any] = field(default_factory=dict)
    """Of `StartJobRun`, for a job started by hand."""
    actions: dict[str, ActionRun] = field(default_factory=dict)

    @property
    def run_id(self) -> str:
        """The id of the workflow run."""
        return self.state.run_id


class WorkflowRuns:
    """The runs of every workflow; of those that have ended, the newest."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._runs: dict[str, dict[str, DrivenRun]] = {}

    def add(self, workflow_name: str, run: DrivenRun) -> None:
        """Remember a run that starts now."""
        runs = self._runs.setdefault(workflow_name, {})
        runs[run.run_id] = run
        ended = (each.run_id for each in runs.values() if each.state.has_ended)
        for old in tuple(islice(ended, max(len(runs) - self._kept, 0))):
            del runs[old]

    def find(self, workflow_name: str, run_id: str) -> DrivenRun | None:
        """Return a run of a workflow."""
        return self._runs.get(workflow_name, {}).get(run_id)

    def of(self, workflow_name: str) -> list[DrivenRun]:
        """Return the runs of a workflow, the newest first."""
        return list(reversed(self._runs.get(workflow_name, {}).values()))

    def active(self, workflow_name: str) -> int:
        """Return how many runs of a workflow have not ended."""
        return sum(1 for run in self._runs.get(workflow_name, {}).values() if not run.state.has_ended)

    def forget(self, workflow_name: str) -> None:
        """Forget the runs of a workflow that is gone."""
        self._runs.pop(workflow_name, None)
