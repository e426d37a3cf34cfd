"""What a run came to, in a sentence, exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gluedsl.graph import Node, WorkflowGraph
from gluedsl.model import Workflow
from gluedsl.view.names import Names
from gluedsl.view.verdict import verdict
from tests.support.scenes import FAILED, action_run, ended, job, snapshot, start, when

if TYPE_CHECKING:
    from gluedsl.runs import RunSnapshot

FLOW = Workflow(
    name="w",
    triggers=(
        start("go", job("a"), job("b")),
        when("both", [ended("a"), ended("b")], job("c")),
        when("bad", [ended("a", "FAILED"), ended("a", "TIMEOUT")], job("alert"), logical="ANY"),
        when("worse", [ended("b", "FAILED")], job("alert")),
    ),
)


def _run(*, status: str = "COMPLETED", **states: str) -> RunSnapshot:
    runs = {Node("JOB", name): [action_run(state, 0, 1)] for name, state in states.items()}
    return snapshot(FLOW, dict(runs), status=status)


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (
            _run(a="SUCCEEDED", b="SUCCEEDED", c="SUCCEEDED", alert="SUCCEEDED"),
            "COMPLETED, outcome SUCCEEDED: all 4 actions succeeded",
        ),
        (
            _run(a="SUCCEEDED", b="SUCCEEDED", c="SUCCEEDED"),
            "COMPLETED, outcome SUCCEEDED: 3 actions succeeded, 1 had no reason to start",
        ),
        (
            _run(a="FAILED", b="SUCCEEDED", alert="SUCCEEDED"),
            "COMPLETED, outcome FAILED: 1 action failed (watched for by trigger `bad`); 1 action never started: `c`",
        ),
        (
            _run(a="STOPPED", b="SUCCEEDED"),
            "COMPLETED, outcome FAILED: 1 action stopped (no trigger watches for it); 1 action never started: `c`",
        ),
        (
            _run(a="TIMEOUT", b="FAILED", alert="SUCCEEDED"),
            (
                "COMPLETED, outcome FAILED: 1 action failed, 1 timed out "
                "(watched for by trigger `bad` and trigger `worse`); 1 action never started: `c`"
            ),
        ),
        (
            _run(a="FAILED", b="ERROR", alert="FAILED"),
            (
                "COMPLETED, outcome FAILED: 2 actions failed, 1 errored (1 of them watched for by trigger `bad`); "
                "1 action never started: `c`"
            ),
        ),
        (
            _run(a="EXPIRED", b="CANCELLED"),
            (
                "COMPLETED, outcome FAILED: 1 action cancelled, 1 expired (no trigger watches for them); "
                "1 action never started: `c`"
            ),
        ),
        (
            _run(a="SUCCEEDED", status="STOPPED"),
            "STOPPED, outcome PARTIAL: nothing failed, but 2 actions never started: `b` and `c`",
        ),
        (
            _run(a="SUCCEEDED", b="SUCCEEDED", c="SUCCEEDED", status="STOPPED"),
            "STOPPED, outcome PARTIAL: nothing failed, but the run was stopped",
        ),
        (
            replace(_run(status="ERROR"), error="Concurrent runs exceeded for workflow: w.", nodes=()),
            "ERROR, outcome FAILED: Concurrent runs exceeded for workflow: w.",
        ),
        (replace(_run(status="ERROR"), nodes=()), "ERROR, outcome FAILED: the run could not start"),
        (_run(status="RUNNING"), "RUNNING: 0 of 4 actions succeeded"),
        (
            _run(a="SUCCEEDED", b="FAILED", alert="RUNNING", status="STOPPING"),
            "STOPPING: 1 of 4 actions succeeded, 1 under way, 1 failed",
        ),
        (
            FAILED,
            (
                "COMPLETED, outcome FAILED: 1 action failed (watched for by trigger `trouble`); "
                "2 actions never started: `sales-catalog` and `publish-summary`"
            ),
        ),
    ],
)
def test_verdict(run: RunSnapshot, sentence: str) -> None:
    """A sentence says how Glue calls the run, what it came to, and why."""
    assert verdict(run, Names.of(WorkflowGraph.of(run.workflow))) == sentence


@pytest.mark.parametrize(
    ("names", "sentence"),
    [((), "there was nothing to do"), (("a",), "1 action succeeded"), (("a", "b"), "all 2 actions succeeded")],
)
def test_small_successes(names: tuple[str, ...], sentence: str) -> None:
    """Numbers agree with their nouns."""
    workflow = Workflow(name="w", triggers=(start("go", *map(job, names)),))
    run = snapshot(workflow, {Node("JOB", name): [action_run("SUCCEEDED", 0, 1)] for name in names})

    assert verdict(run, Names.of(WorkflowGraph.of(workflow))) == f"COMPLETED, outcome SUCCEEDED: {sentence}"


def test_triggers_that_are_not_activated() -> None:
    """Where a node never started because nobody activated its trigger, the sentence says so."""
    one = when("w-after-a", [ended("a")], job("b"), enabled=False)
    other = when("late", [ended("a")], job("c"), enabled=False)
    sentences = []
    for triggers in ((one,), (one, other)):
        workflow = Workflow(name="w", triggers=(start("go", job("a")), *triggers))
        run = snapshot(workflow, {Node("JOB", "a"): [action_run("SUCCEEDED", 0, 1)]})
        sentences.append(verdict(run, Names.of(WorkflowGraph.of(workflow))))

    assert sentences == [
        (
            "COMPLETED, outcome PARTIAL: nothing failed, but 1 action never started: `b` "
            "(the trigger of `b` is not activated)"
        ),
        (
            "COMPLETED, outcome PARTIAL: nothing failed, but 2 actions never started: `b` and `c` "
            "(the trigger of `b` and trigger `late` are not activated)"
        ),
    ]
