"""Load, lower and check, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl import ExistingJob, Workflow
from gluedsl.compiler import compile_path, compile_workflows
from gluedsl.errors import LoadError
from gluedsl.model import Action, Project, Trigger
from gluedsl.model import ExistingJob as NamedJob
from gluedsl.model import Workflow as LoweredWorkflow
from tests.support.flows import write

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = Project(
    workflows=(
        LoweredWorkflow(
            name="w", triggers=(Trigger(name="w-start", type="ON_DEMAND", actions=(Action(job_name="a"),)),)
        ),
    ),
    existing_jobs=(NamedJob(name="a"),),
)


def test_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are shown as seen from the working directory, and settings are those beside the flow."""
    write(tmp_path, 'w = Workflow("w")\nw.add(ExistingJob("a"))\n', "flows/flow.py")
    (tmp_path / "flows" / "pyproject.toml").write_text('[tool.gluedsl]\nregion = "eu-west-1"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    compiled = compile_path("flows")

    assert compiled.project == PROJECT
    assert compiled.report.diagnostics == ()
    assert compiled.settings.region == "eu-west-1"
    span = compiled.origins.at(("workflows", 0, "name"))
    assert span is not None
    assert (span.file, span.line) == ("flows/flow.py", 2)


def test_workflows_in_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, of workflows that a program has; settings are those of the working directory."""
    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl]\nregion = "eu-west-1"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    workflow = Workflow("w")
    workflow.add(ExistingJob("a"))

    compiled = compile_workflows(workflow)

    assert compiled.project == PROJECT
    assert compiled.report.diagnostics == ()
    assert compiled.settings.region == "eu-west-1"


def test_findings_are_all_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults of lowering and what the rules find, each at its place."""
    write(
        tmp_path,
        """
        w = Workflow("w", role="r", properties={"limit": 5})
        a = w.add(SparkJob("a", script="gone.py", extra={"LogUrl": "x"}))
        w.add(Trigger("t", when=cron("every day"), start=a))
        w.add(ExistingJob("b"), after=any_of(all_of(a, a.failed), a.stopped))
        """,
    )
    monkeypatch.chdir(tmp_path)

    report = compile_path("flow.py").report

    found = {(d.code, d.span.line if d.span else None) for d in report.diagnostics}
    assert {("WF004", 2), ("TL003", 3), ("TL002", 3), ("SC001", 4), ("CN019", 5)} <= found
    assert report.has_errors


def test_an_error_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be loaded is told as one message."""
    write(tmp_path, "x = (\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(LoadError) as raised:
        compile_path("flow.py")

    assert raised.value.message == "flow.py:2:5: '(' was never closed"
