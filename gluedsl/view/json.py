"""Workflows and runs for programs, in documented shapes, version 1.

Comes in: a workflow with what says where it was written, or the snapshot of a run. Goes out: data for
`gluedsl.diagnostics.render.json.dumped`. Names are whole, times are ISO 8601 in UTC, null stands for what is not known,
secrets are masked. Fields may be added, none renamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.graph.build import action_node, condition_node
from gluedsl.model import Origins, Project, walk
from gluedsl.model.secrets import shown
from gluedsl.spelling import statistics_to_api
from gluedsl.view.words import utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gluedsl.model import Path, Workflow
    from gluedsl.runs import ActionRun, RunSnapshot

VERSION = 1


def graph_document(workflow: Workflow, project: Project, origins: Origins) -> dict[str, Any]:
    """Describe the graph of a workflow, which is one of `project`'s."""
    graph = WorkflowGraph.of(workflow)
    paths: dict[Node, Path] = {}
    for node, path in _places(workflow, project):
        paths.setdefault(node, path)
    nodes = []
    for node in graph.nodes:
        span = origins.at(paths.get(node, ()))
        place = {"file": span.file, "line": span.line} if span is not None else {"file": None, "line": None}
        nodes.append({"id": node.id, "type": node.type, "name": node.name, **place})
    return {
        "version": VERSION,
        "workflow": workflow.name,
        "nodes": nodes,
        "edges": [{"source": edge.source.id, "destination": edge.destination.id} for edge in graph.edges],
    }


def run_document(snapshot: RunSnapshot) -> dict[str, Any]:
    """Describe a run."""
    return {
        "version": VERSION,
        "workflow": snapshot.workflow.name,
        "run_id": snapshot.run_id,
        "status": snapshot.status,
        "outcome": snapshot.outcome,
        "error": snapshot.error,
        "previous_run_id": snapshot.previous_run_id,
        "started_on": time_text(snapshot.started_on),
        "completed_on": time_text(snapshot.completed_on),
        "statistics": statistics_to_api(snapshot.statistics),
        "properties": {key: shown(key, value) for key, value in snapshot.properties.items()},
        "nodes": [
            {"type": node.node.type, "name": node.node.name, "runs": [_run(run) for run in node.runs]}
            for node in snapshot.nodes
        ],
        "triggers": [
            {"name": trigger.name, "type": trigger.type, "fired_at": time_text(trigger.fired_at)}
            for trigger in snapshot.triggers
        ],
    }


def _places(workflow: Workflow, project: Project) -> Iterator[tuple[Node, Path]]:
    """Yield where nodes are written: first where they are defined, then where they are named."""
    for path, job in walk.jobs(project):
        yield Node("JOB", job.name), path
    for path, crawler in walk.crawlers(project):
        yield Node("CRAWLER", crawler.name), path
    for index, existing_job in enumerate(project.existing_jobs):
        yield Node("JOB", existing_job.name), ("existing_jobs", index)
    for index, existing_crawler in enumerate(project.existing_crawlers):
        yield Node("CRAWLER", existing_crawler.name), ("existing_crawlers", index)
    for path, owner, trigger in walk.triggers(project):
        if owner.name != workflow.name:
            continue
        yield Node("TRIGGER", trigger.name), path
        for action_path, action in walk.actions(path, trigger):
            if (node := action_node(action)) is not None:
                yield node, action_path
        for condition_path, condition in walk.conditions(path, trigger):
            if (node := condition_node(condition)) is not None:
                yield node, condition_path


def _run(run: ActionRun) -> dict[str, Any]:
    return {
        "id": run.id or None,
        "state": run.state,
        "attempt": run.attempt,
        "trigger": run.trigger,
        "started_on": time_text(run.started_on),
        "completed_on": time_text(run.completed_on),
        "error": run.error,
    }


def time_text(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC."""
    return utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment is not None else None
