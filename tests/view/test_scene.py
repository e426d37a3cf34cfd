"""What there is to see, before anybody draws it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from gluedsl.graph import Edge, Node, WorkflowGraph
from gluedsl.model import Workflow
from gluedsl.runs import TriggerFiring
from gluedsl.view.scene import Progress, scene_of_run, scene_of_workflow
from tests.support.scenes import (
    CUSTOMERS,
    FAILED,
    ORDERS,
    PAGE,
    PUBLISH,
    SALES,
    START,
    action_run,
    ended,
    job,
    snapshot,
    start,
    when,
    workflows,
)


def test_a_design() -> None:
    """The scene of a workflow holds its triggers in words with what they start, and no run."""
    scene = scene_of_workflow(SALES)

    assert [(stage.label, stage.words, [step.label for step in stage.steps]) for stage in scene.stages] == [
        ("", "every day at 02:00 UTC", ["load-orders", "load-customers"]),
        ("trouble", "when load-orders or load-customers FAILED", ["page-on-call"]),
        ("", "when load-orders and load-customers both SUCCEEDED", ["sales-catalog"]),
        ("", "when sales-catalog SUCCEEDED", ["publish-summary"]),
    ]
    assert scene.run is None
    assert scene.states == {}
    assert all(step.progress is None and step.can_start for stage in scene.stages for step in stage.steps)


def test_what_edges_wait_for() -> None:
    """An edge from a watched node knows the states that are waited for, each once."""
    states = ("FAILED", "TIMEOUT", "FAILED")
    triggers = (start("go", job("a")), when("t", [ended("a", state) for state in states], logical="ANY"))

    scene = scene_of_workflow(Workflow(name="w", triggers=triggers))

    assert scene.conditions == {Edge(Node("JOB", "a"), Node("TRIGGER", "t")): ("FAILED", "TIMEOUT")}


def test_a_run() -> None:
    """The scene of a run knows state, time, attempts, error and watchers of each step, and masks secrets."""
    scene = scene_of_run(FAILED)

    progress = {step.node: step.progress for stage in scene.stages for step in stage.steps}
    assert progress[Node("JOB", ORDERS)] == Progress(state="SUCCEEDED", took=timedelta(seconds=1.2), attempts=1)
    assert progress[Node("JOB", CUSTOMERS)] == Progress(
        state="FAILED",
        took=timedelta(seconds=70.5),
        attempts=3,
        error="ValueError: no column `customer_id` in s3://lake/raw/customers.csv (columns: id, name, city)",
        watched_by=(SALES.triggers[3],),
    )
    assert progress[Node("JOB", PUBLISH)] == Progress(state=None)
    assert scene.states == {
        Node("JOB", ORDERS): "SUCCEEDED",
        Node("JOB", CUSTOMERS): "FAILED",
        Node("JOB", PAGE): "SUCCEEDED",
    }
    assert scene.run is not None
    assert scene.run.properties == {"env": "prod", "orders_rows": "42", "db_password": "***"}
    assert scene.run.took == timedelta(seconds=74)


def test_time_runs_until_now() -> None:
    """What has not ended has taken until now, or an unknown time where now is unknown."""
    run = snapshot(SALES, {Node("JOB", ORDERS): [action_run("RUNNING", 10)]}, status="RUNNING", took=None)

    taken = []
    for scene in (scene_of_run(run, now=START + timedelta(seconds=15)), scene_of_run(run)):
        step = scene.stages[0].steps[0]
        taken.append((scene.run and scene.run.took, step.progress and step.progress.took))

    assert taken == [(timedelta(seconds=15), timedelta(seconds=5)), (None, None)]


def test_runs_stand_where_they_were_started() -> None:
    """A run stands with the trigger that started it; one of unknown origin with the first trigger that could."""
    triggers = (start("go", job("a")), when("again", [ended("a")], job("a")))
    workflow = Workflow(name="w", triggers=triggers)
    states = []
    for origins in (("go", "again"), (None, "again"), ("somebody-else", None)):
        runs = [
            action_run(state, 0, 1, trigger=origin)
            for state, origin in zip(("FAILED", "TIMEOUT"), origins, strict=True)
        ]
        scene = scene_of_run(snapshot(workflow, {Node("JOB", "a"): runs}))
        states.append([step.progress and step.progress.state for stage in scene.stages for step in stage.steps])

    assert states == [["FAILED", "TIMEOUT"], ["FAILED", "TIMEOUT"], ["TIMEOUT", None]]


def test_a_firing_of_a_trigger_that_the_workflow_lacks() -> None:
    """A snapshot that speaks of more triggers than its workflow has is shown without them."""
    run = replace(FAILED, triggers=(TriggerFiring(name="unknown", type="CONDITIONAL", fired_at=START),))

    assert [stage.fired_at for stage in scene_of_run(run).stages] == [None, None, None, None]


@given(workflows())
def test_all_is_there_once(workflow: Workflow) -> None:
    """Whatever the shape, a scene has each node in one layer, each trigger at one place, and each edge."""
    graph = WorkflowGraph.of(workflow)

    scene = scene_of_workflow(workflow)

    assert sorted(node for layer in scene.layers for node in layer) == sorted(graph.nodes)
    assert len(scene.stages) == len(workflow.triggers)
    assert scene.edges == graph.edges
    first_places = [step.node for stage in scene.stages for step in stage.steps if not step.is_again]
    assert len(first_places) == len(set(first_places))
