"""Whether a run may begin, be stopped, or be given properties; what to answer if not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gluedsl.engine.policies import DEFAULTS
from gluedsl.graph import WorkflowGraph, cycles

if TYPE_CHECKING:
    from gluedsl.engine.policies import Policies
    from gluedsl.engine.state import RunState
    from gluedsl.model import Workflow

StartKind = Literal["API", "TRIGGER", "SCHEDULE", "EVENT"]
"""What asks for a run: `StartWorkflowRun`, `StartTrigger` on its ON_DEMAND trigger, the clock, or a batch of events."""

ErrorCode = Literal["ConcurrentRunsExceededException", "IllegalWorkflowStateException", "InvalidInputException"]


@dataclass(frozen=True, slots=True)
class Admit:
    """The run may begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Answer the caller with this error of Glue's API; nothing changes."""

    code: ErrorCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Leave a run that did not start: `refused_run` with this message."""

    message: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Nothing happens, and nobody is told."""


Admission = Admit | Refuse | Record | Drop


def admit(workflow: Workflow, *, start: StartKind, active_runs: int, policies: Policies = DEFAULTS) -> Admission:
    """Say what becomes of a start, `active_runs` being the runs of the workflow that are RUNNING or STOPPING."""
    kinds = {trigger.type for trigger in workflow.triggers if trigger.is_start}
    if not kinds:
        return Refuse(code="InvalidInputException", message=f"Workflow {workflow.name} has no start trigger.")
    if start == "API" and "ON_DEMAND" not in kinds and policies.start_on_non_ondemand == "refuse":
        message = f"Workflow {workflow.name} has no ON_DEMAND trigger to start it by: it is {min(kinds)}."
        return Refuse(code="InvalidInputException", message=message)
    if policies.cycle == "refuse" and (circles := cycles(WorkflowGraph.of(workflow))):
        way = " -> ".join(node.name for node in (*circles[0], circles[0][0]))
        return Refuse(code="InvalidInputException", message=f"Workflow {workflow.name} leads back to itself: {way}.")
    if workflow.max_concurrent_runs is None or active_runs < workflow.max_concurrent_runs:
        return Admit()
    return _over_limit(workflow, start, policies)


def _over_limit(workflow: Workflow, start: StartKind, policies: Policies) -> Admission:
    # The text is AWS's own: https://docs.aws.amazon.com/glue/latest/webapi/API_WorkflowRun.html, ErrorMessage.
    message = f"Concurrent runs exceeded for workflow: {workflow.name}."
    if policies.over_limit == "record" or (policies.over_limit == "by_start" and start == "SCHEDULE"):
        return Record(message=message)
    if start in {"API", "TRIGGER"}:
        return Refuse(code="ConcurrentRunsExceededException", message=message)
    return Drop()


def stop_refusal(state: RunState) -> Refuse | None:
    """Return how `StopWorkflowRun` on this run is refused; None: it is not."""
    if state.status == "RUNNING":
        return None
    message = f"Run {state.run_id} of workflow {state.workflow.name} cannot be stopped: it is {state.status}."
    return Refuse(code="IllegalWorkflowStateException", message=message)


def delete_refusal(workflow_name: str, *, active_runs: int, policies: Policies = DEFAULTS) -> Refuse | None:
    """Return how `DeleteWorkflow` is refused; None: it is not."""
    if not active_runs or policies.delete_workflow == "allow":
        return None
    going = "a run of it goes on" if active_runs == 1 else f"{active_runs} runs of it go on"
    message = f"Workflow {workflow_name} cannot be deleted: {going}."
    return Refuse(code="InvalidInputException", message=message)


def property_put_refusal(state: RunState) -> Refuse | None:
    """Return how `PutWorkflowRunProperties` on this run is refused; None: it is not."""
    if not state.has_ended or state.policies.put_after_end == "accept":
        return None
    message = f"Run {state.run_id} of workflow {state.workflow.name} takes no more properties: it is {state.status}."
    return Refuse(code="InvalidInputException", message=message)
