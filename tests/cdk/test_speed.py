"""What a synthesis costs: both sides of its benchmark make the same, and a construct asks little of Node.js."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.cdk import build
from gluedsl import SparkJob, Workflow
from tests.support.cdk import application, needs_node, stack_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@needs_node
def test_both_sides_make_the_same(tmp_path: Path) -> None:
    """The construct and the constructs by hand make the same resources under the same logical ids."""

    def made(side: str) -> dict[str, Any]:
        app = application(tmp_path / side)
        build(app, side, 5, 4)
        return {one.stack_name: one.template["Resources"] for one in app.synth().stacks}

    assert made("by-hand") == made("construct")


@pytest.mark.slow
@needs_node
def test_few_calls_to_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each further construct of a stack takes four calls: itself, its node, one word of context, and its resources."""
    from jsii._kernel.providers.process import _NodeProcess  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    GlueWorkflow(stack, "First", sales("first"))
    asked: list[str] = []
    send = _NodeProcess.send

    def noted(process: Any, request: Any, answer: Any) -> Any:
        asked.append(type(request).__name__)
        return send(process, request, answer)

    monkeypatch.setattr(_NodeProcess, "send", noted)

    GlueWorkflow(stack, "Second", sales("second"))

    assert asked == ["CreateRequest", "GetRequest", "InvokeRequest", "CreateRequest"]


def sales(name: str) -> Workflow:  # type: ignore[type-arg]  # whatever its properties
    """Return a workflow whose job's script is in S3."""
    flow = Workflow(name, role="GlueJobRole")
    flow.add(SparkJob(f"{name}-load", script="s3://scripts/load.py"))
    return flow
