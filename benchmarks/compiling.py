"""Check and emit: from flow files to findings, and from the model to what AWS is sent.

The floor is the least that any tool must do for the same result: build the same definitions as plain dicts and lists,
and dump them with `json.dumps`. Compiling is measured to the end of the check; emitting begins with the model.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.flows import write_flow, write_repository
from benchmarks.measuring import Measured, measured, table
from gluedsl import spelling
from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.emit import template, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.model import Project

WORKFLOWS, NODES = 100, 50
SIZES = (500, 1000, 2000, 5000)
FLOOR = "plain dicts, dumped"


def report() -> Iterator[str]:
    """Yield the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        repository = write_repository(folder / "repository", WORKFLOWS, NODES)
        several = f"{WORKFLOWS} workflows of {NODES} nodes"
        rows = [*_repository(several, str(repository))]
        sizes = [_whole(size, str(write_flow(folder / f"one-{size}", size))) for size in SIZES]
        rows += sizes[-1]
        yield table("A repository", FLOOR, "nodes", rows)
        yield table("Growth: check of one workflow", FLOOR, "nodes", [check for check, _ in sizes])
        yield table("Growth: requests of one workflow", FLOOR, "nodes", [requests for _, requests in sizes])


def _repository(name: str, path: str) -> Iterator[Measured]:
    project = _bundled(path)
    parts = [_alone(project, index) for index in range(len(project.workflows))]
    templates = [template(part) for part in parts]

    def emit() -> None:
        for part in parts:
            to_json(template(part))

    def floor() -> None:
        for whole in templates:
            json.dumps(_plain(whole), indent=2)

    units = WORKFLOWS * NODES
    yield measured(f"check {name}", lambda: compile_path(path), floor, units=units)
    yield measured(f"emit {name}, a template each", emit, floor, units=units)


def _whole(nodes: int, path: str) -> tuple[Measured, Measured]:
    """Measure one workflow, of which there is no template: CloudFormation takes 500 resources."""
    project = _bundled(path)
    requests = _requests(project)

    def floor() -> None:
        json.dumps(_plain(requests), indent=2)

    return (
        measured(f"check 1 workflow of {nodes:,} nodes", lambda: compile_path(path), floor, units=nodes),
        measured(
            f"emit 1 workflow of {nodes:,} nodes, as requests",
            lambda: json.dumps(_requests(project), indent=2),
            floor,
            units=nodes,
        ),
    )


def _bundled(path: str) -> Project:
    return bundle(compile_path(path).project, bucket="${ScriptBucket}").project


def _alone(project: Project, index: int) -> Project:
    """Return one workflow of a project with the jobs and crawlers that are its own by their names."""
    workflow = project.workflows[index]
    return replace(
        project,
        workflows=(workflow,),
        jobs=tuple(job for job in project.jobs if job.name.startswith(f"{workflow.name}-")),
        crawlers=tuple(crawler for crawler in project.crawlers if crawler.name.startswith(f"{workflow.name}-")),
    )


def _requests(project: Project) -> list[dict[str, Any]]:
    return [
        *(spelling.job_to_api(job) for job in project.jobs),
        *(spelling.crawler_to_api(crawler) for crawler in project.crawlers),
        *(spelling.workflow_to_api(workflow) for workflow in project.workflows),
        *(spelling.trigger_to_api(each, workflow.name) for workflow in project.workflows for each in workflow.triggers),
    ]


def _plain(value: Any) -> Any:
    """Build the same structure again."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
