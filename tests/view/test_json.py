"""Workflows and runs for programs."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given

from gluedsl.diagnostics.render.json import dumped
from gluedsl.graph import Node, WorkflowGraph
from gluedsl.model import Crawler, ExistingCrawler, ExistingJob, Job, Origins, Project, RemoteScript, Workflow
from gluedsl.source.span import Span
from gluedsl.view.json import graph_document, run_document
from tests.support.scenes import (
    CUSTOMERS,
    FAILED,
    ORDERS,
    SALES,
    action_run,
    crawled,
    crawler,
    ended,
    job,
    snapshot,
    start,
    when,
    workflows,
)


def test_a_graph() -> None:
    """Each node says where it is defined, or else where it is first named; edges go by id."""
    workflow = Workflow(
        name="w",
        triggers=(
            start("go", job("own"), job("theirs"), job("nobodys")),
            when("t", [ended("own"), crawled("elsewhere")], crawler("ours"), crawler("given")),
        ),
    )
    project = Project(
        workflows=(Workflow(name="other", triggers=(start("go"),)), workflow),
        jobs=(Job(name="own", kind="glueetl", code=RemoteScript(uri="s3://b/k"), role=None),),
        crawlers=(Crawler(name="ours", role=None, targets=()),),
        existing_jobs=(ExistingJob(name="theirs"),),
        existing_crawlers=(ExistingCrawler(name="given"),),
    )
    origins = Origins(
        {
            ("jobs", 0): Span("jobs.py", 1),
            ("crawlers", 0): Span("jobs.py", 2),
            ("existing_jobs", 0): Span("jobs.py", 3),
            ("workflows", 0): Span("flow.py", 9),
            ("workflows", 1): Span("flow.py", 10),
            ("workflows", 1, "triggers", 1): Span("flow.py", 12, 5, 12, 9),
            ("workflows", 1, "triggers", 0, "actions", 2): Span("flow.py", 11),
        }
    )

    assert graph_document(workflow, project, origins) == {
        "version": 1,
        "workflow": "w",
        "nodes": [
            {"id": "trigger:go", "type": "TRIGGER", "name": "go", "file": "flow.py", "line": 10},
            {"id": "job:own", "type": "JOB", "name": "own", "file": "jobs.py", "line": 1},
            {"id": "job:theirs", "type": "JOB", "name": "theirs", "file": "jobs.py", "line": 3},
            {"id": "job:nobodys", "type": "JOB", "name": "nobodys", "file": "flow.py", "line": 11},
            {"id": "crawler:elsewhere", "type": "CRAWLER", "name": "elsewhere", "file": "flow.py", "line": 12},
            {"id": "trigger:t", "type": "TRIGGER", "name": "t", "file": "flow.py", "line": 12},
            {"id": "crawler:ours", "type": "CRAWLER", "name": "ours", "file": "jobs.py", "line": 2},
            {"id": "crawler:given", "type": "CRAWLER", "name": "given", "file": None, "line": None},
        ],
        "edges": [
            {"source": "trigger:go", "destination": "job:own"},
            {"source": "trigger:go", "destination": "job:theirs"},
            {"source": "trigger:go", "destination": "job:nobodys"},
            {"source": "job:own", "destination": "trigger:t"},
            {"source": "crawler:elsewhere", "destination": "trigger:t"},
            {"source": "trigger:t", "destination": "crawler:ours"},
            {"source": "trigger:t", "destination": "crawler:given"},
        ],
    }


def test_a_run() -> None:
    """A run has Glue's status and counters beside the outcome, whole names, times in UTC, and no secret."""
    document = run_document(FAILED)

    assert {key: value for key, value in document.items() if key not in {"nodes", "triggers"}} == {
        "version": 1,
        "workflow": "nightly-sales",
        "run_id": "wr_0c5f9e",
        "status": "COMPLETED",
        "outcome": "FAILED",
        "error": None,
        "previous_run_id": None,
        "started_on": "2025-01-31T02:00:00.000Z",
        "completed_on": "2025-01-31T02:01:14.000Z",
        "statistics": {
            "TotalActions": 5,
            "TimeoutActions": 0,
            "FailedActions": 1,
            "StoppedActions": 0,
            "SucceededActions": 2,
            "RunningActions": 0,
            "ErroredActions": 0,
            "WaitingActions": 0,
        },
        "properties": {"env": "prod", "orders_rows": "42", "db_password": "***"},
    }
    assert document["nodes"][0] == {
        "type": "JOB",
        "name": ORDERS,
        "runs": [
            {
                "id": "jr_0",
                "state": "SUCCEEDED",
                "attempt": 0,
                "trigger": "nightly-sales-start",
                "started_on": "2025-01-31T02:00:00.000Z",
                "completed_on": "2025-01-31T02:00:01.200Z",
                "error": None,
            }
        ],
    }
    assert [(node["type"], node["name"], len(node["runs"])) for node in document["nodes"]] == [
        ("JOB", ORDERS, 1),
        ("JOB", CUSTOMERS, 3),
        ("CRAWLER", "sales-catalog", 0),
        ("JOB", "nightly-sales-publish-summary", 0),
        ("JOB", "nightly-sales-page-on-call", 1),
    ]
    assert document["triggers"][2:] == [
        {"name": "nightly-sales-after-sales-catalog", "type": "CONDITIONAL", "fired_at": None},
        {"name": "nightly-sales-trouble", "type": "CONDITIONAL", "fired_at": "2025-01-31T02:01:11.000Z"},
    ]


def test_an_unfinished_run() -> None:
    """What is not known yet is null."""
    run = snapshot(SALES, {Node("JOB", ORDERS): [action_run("RUNNING", 0)]}, status="RUNNING", took=None)

    document = run_document(replace(run, started_on=None))

    assert document["completed_on"] is document["started_on"] is None
    assert document["nodes"][0]["runs"][0]["completed_on"] is None


@given(workflows())
def test_any_workflow_is_a_document(workflow: Workflow) -> None:
    """Whatever the shape, each node has an id of its own, and edges name nothing else."""
    document = json.loads(dumped(graph_document(workflow, Project(workflows=(workflow,)), Origins())))

    ids = [node["id"] for node in document["nodes"]]
    assert len(ids) == len(set(ids)) == len(WorkflowGraph.of(workflow).nodes)
    assert {edge[end] for edge in document["edges"] for end in ("source", "destination")} <= set(ids)
