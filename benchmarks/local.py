"""The local Glue: what a watcher asks for, and runs a second, without HTTP.

What the same requests cost over HTTP, beside moto's server, is in `serving`.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.flows import write_flow
from benchmarks.measuring import measured, table
from gluedsl.compiler import compile_path
from gluedsl.engine import BEGINNING, begin, simulate, step
from gluedsl.graph import Node
from gluedsl.local.service.glue import GlueService
from gluedsl.spelling import crawler_to_api, trigger_to_api, workflow_to_api

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from gluedsl.engine import Simulation
    from gluedsl.local.work import CrawlWork, Ended, JobWork
    from gluedsl.model import Project, Workflow

NODES, RUNS, ASKED = 50, 20, 200
COMMAND = {"Name": "pythonshell", "ScriptLocation": "s3://scripts/job.py", "PythonVersion": "3.9"}


class Nobody:
    """An executor that is never asked: all ends are given."""

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:
        """Refuse."""
        raise NotImplementedError(work, stop)

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:
        """Refuse."""
        raise NotImplementedError(work, stop)


def report() -> Iterator[str]:
    """Yield the tables."""
    with tempfile.TemporaryDirectory() as name:
        project = compile_path(str(write_flow(Path(name) / "flow", NODES))).project
    workflow = project.workflows[0]
    service = _deployed(project)
    played = simulate(workflow)

    def run(times: int) -> str:
        found = [service.handle("StartWorkflowRun", {"Name": workflow.name})["RunId"] for _ in range(times)]
        return str(found[-1])

    run_id = run(1)
    yield table(
        f"Local Glue: runs of {NODES} nodes whose jobs take no time",
        "the engine alone",
        "runs",
        [measured(f"{RUNS} runs", lambda: run(RUNS), lambda: _played(workflow, played, RUNS), units=RUNS)],
    )
    asked = {"Name": workflow.name, "RunId": run_id, "IncludeGraph": True}
    answer = json.dumps(service.handle("GetWorkflowRun", asked), default=str)
    yield table(
        f"Local Glue: the graph of a run of {NODES} nodes",
        "its answer read as JSON",
        "answers",
        [
            measured(
                f"GetWorkflowRun, {ASKED} times",
                lambda: [service.handle("GetWorkflowRun", asked) for _ in range(ASKED)],
                lambda: [json.loads(answer) for _ in range(ASKED)],
                units=ASKED,
            )
        ],
    )
    service.close()


def _deployed(project: Project) -> GlueService:
    workflow = project.workflows[0]
    graph: list[Node] = [Node("JOB", job.name) for job in project.jobs]
    graph += [Node("CRAWLER", crawler.name) for crawler in project.crawlers]
    service = GlueService(Nobody(), outcomes={node.name: "SUCCEEDED" for node in graph})
    for job in project.jobs:
        service.handle("CreateJob", {"Name": job.name, "Role": "GlueJobRole", "Command": COMMAND})
    for crawler in project.crawlers:
        service.handle("CreateCrawler", crawler_to_api(crawler))
    service.handle("CreateWorkflow", workflow_to_api(workflow) | {"MaxConcurrentRuns": 100})
    for trigger in workflow.triggers:
        service.handle("CreateTrigger", trigger_to_api(trigger, workflow.name))
    return service


def _played(workflow: Workflow, played: Simulation, times: int) -> None:
    for _ in range(times):
        state = begin(workflow, run_id=played.state.run_id, at=BEGINNING).state
        for event in played.events:
            state = step(state, event).state
