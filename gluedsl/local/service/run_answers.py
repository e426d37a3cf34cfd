"""Runs of workflows and of jobs as the API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.engine import snapshot
from gluedsl.graph import WorkflowGraph
from gluedsl.local.action_runs import JobRun
from gluedsl.spelling import node_unique_id, snapshot_to_api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.graph import Node
    from gluedsl.local.driven_runs import DrivenRun
    from gluedsl.local.service.place import Place

_LOG_GROUPS = {"pythonshell": "/aws-glue/python-jobs"}
"""Where the log of a job goes, by its kind; https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html."""
_OF_THE_JOB = (
    "JobMode", "JobRunQueuingEnabled", "AllocatedCapacity", "MaxCapacity", "WorkerType", "NumberOfWorkers",
    "SecurityConfiguration", "NotificationProperty", "GlueVersion", "ExecutionClass", "MaintenanceWindow",
    "ExecutionRoleSessionPolicy",
)  # fmt: skip
"""Members of a job that its run shows, as `StartJobRun` may have overridden them."""


def run_answer(place: Place, run: DrivenRun, *, include_graph: bool) -> dict[str, Any]:
    """Return a `WorkflowRun`."""
    answer = snapshot_to_api(
        snapshot(run.state), include_graph=include_graph, account=place.account, region=place.region
    )
    for node in answer.get("Graph", {}).get("Nodes", []):
        # A snapshot holds less of a job run than Glue shows.
        for index, shown in enumerate(node.get("JobDetails", {}).get("JobRuns", [])):
            job_run = run.actions.get(shown["Id"])
            if isinstance(job_run, JobRun):
                node["JobDetails"]["JobRuns"][index] = job_run_answer(job_run)
    return answer


def node_ids(place: Place, run: DrivenRun) -> Mapping[str, Node]:
    """Return the nodes of a run's graph, triggers too, by the `UniqueId` that the graph shows."""
    workflow = run.state.workflow
    return {
        node_unique_id(place.account, place.region, workflow.name, node): node
        for node in WorkflowGraph.of(workflow).nodes
    }


def job_run_answer(run: JobRun) -> dict[str, Any]:
    """Return a `JobRun`."""
    action = run.action
    merged = {**run.definition, **run.overrides}
    kind = run.definition.get("Command", {}).get("Name")
    answer: dict[str, Any] = {
        "Id": run.id,
        "Attempt": action.attempt,
        "JobName": run.name,
        "JobRunState": run.state,
        "StartedOn": run.started_on,
        "LastModifiedOn": run.modified_on,
        "Arguments": dict(action.action.arguments),
        "PredecessorRuns": [{"JobName": job_name, "RunId": run_id} for job_name, run_id in run.predecessors],
        "ExecutionTime": 0,
        "LogGroupName": _LOG_GROUPS.get(kind, "/aws-glue/jobs"),
        **{member: merged[member] for member in _OF_THE_JOB if member in merged},
    }
    previous = action.previous_id or run.overrides.get("JobRunId")
    optional = {
        "PreviousRunId": previous,
        "TriggerName": action.trigger or None,
        "CompletedOn": run.completed_on,
        "ErrorMessage": run.error,
        "Timeout": run.timeout_minutes,
    }
    if run.completed_on is not None:
        answer["ExecutionTime"] = int((run.completed_on - run.started_on).total_seconds())
    return answer | {member: value for member, value in optional.items() if value is not None}
