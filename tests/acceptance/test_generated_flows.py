"""Flows that nobody wrote: what checks clean deploys and its successful run completes; what does not is told where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gluedsl import deploy as route
from gluedsl.bundle import bundle
from gluedsl.cli.deploy import planned_deployment
from gluedsl.compiler import compile_path
from gluedsl.deploy.gateway import connect
from gluedsl.diagnostics import Severity
from gluedsl.local import LocalGlue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn

    from gluedsl.compiler import Compilation

MOST_NODES = 7
MOST_STARTING_CRAWLERS = 2
"""A trigger starts no more, and a workflow has one start trigger."""
SHAPES = ("node-{}", "näme {}", 'o\'{} \\"x\\"', "日本/{}", "a.b_{}+c", "{}{{}}$&")
"""Of names, as they stand between quotes in Python."""
NAMES = [shape.format(number).replace("\\", "") for shape in SHAPES for number in range(MOST_NODES)]
STARTS = (
    "on_demand()",
    'cron("0 2 * * ? *")',
    'daily("02:30")',
    'weekly("MON", "02:00")',
    "hourly(minute=5)",
    "on_event(batch_size=3, batch_window_seconds=60)",
)
HEADER = """\
from gluedsl import (Crawler, PythonShellJob, Trigger, Workflow, all_of, any_of, cron, daily, hourly, on_demand,
                     on_event, weekly)
"""
MISTAKES = (
    'second = Workflow("second", properties={"days": 7})',
    'flow.add(Trigger("second start", when=cron("0 3 * * ? *"), start=[nodes[0]]))',
    'flow.add(Crawler("lost crawler", database="d", targets=[]), after=nodes[0])',
    'flow.add(Trigger("circle", when=nodes[0], start=[nodes[0]]))',
    'flow.add(PythonShellJob("late", script="job.py"), after=all_of(nodes[0], any_of(nodes[0].failed, nodes[0])))',
)
"""Lines that no workflow may have."""


@dataclass(frozen=True)
class Written:
    """A flow file, and how many nodes start when all goes well."""

    text: str
    successful: int


@st.composite
def flows(draw: DrawFn) -> Written:
    """Write a flow: each node begins, or waits for some before it, for success or, with nobody behind it, failure."""
    workflow = draw(st.sampled_from(("flow", "my flow", "flöw 'x'")))
    lines = [HEADER, f"flow = Workflow({workflow!r}, start={draw(st.sampled_from(STARTS))}, properties={{'a': 'b'}})"]
    lines.append("nodes = []")
    successful: list[int] = []
    crawlers = 0
    for number in range(draw(st.integers(1, MOST_NODES))):
        after = draw(_afters(successful)) if successful else None
        if after is None or ".failed" not in after:
            successful.append(number)
        is_crawler = draw(st.booleans()) and (after is not None or crawlers < MOST_STARTING_CRAWLERS)
        crawlers += is_crawler and after is None
        lines.append(draw(_placements(number, after, is_crawler=is_crawler)))
    return Written("\n".join([*lines, ""]), len(successful))


@st.composite
def _afters(draw: DrawFn, successful: list[int]) -> str | None:
    """Write what a node waits for; None: it begins."""
    watched = draw(st.lists(st.sampled_from(successful), min_size=1, max_size=3, unique=True))
    nodes = ", ".join(f"nodes[{number}]" for number in watched)
    bad = ", ".join(f"nodes[{number}].failed" for number in watched)
    return draw(st.sampled_from((None, f"[{nodes}]", f"all_of({nodes})", f"any_of({nodes})", f"any_of({bad})")))


@st.composite
def _placements(draw: DrawFn, number: int, after: str | None, *, is_crawler: bool) -> str:
    name = draw(st.sampled_from(SHAPES)).format(number)
    if is_crawler:
        node = f'Crawler("{name}", database="lake", targets=["s3://lake/{number}/"])'
    else:
        options = draw(st.sampled_from(("", ', arguments={"--table": "t"}, max_retries=1')))
        node = f'PythonShellJob("{name}", script="job.py"{options})'
    if after is not None and not is_crawler and draw(st.booleans()):
        started = f'start=[nodes[-1].with_arguments({{"--day": "{number}"}}, timeout_minutes=5)]'
        return f'nodes.append({node})\nflow.add(Trigger("trigger {number}", when={after}, {started}))'
    waits = "" if after is None else f", after={after}"
    return f"nodes.append(flow.add({node}{waits}))"


@pytest.fixture(scope="module")
def local() -> Iterator[LocalGlue]:
    """Return a local Glue on which every node that a flow can have succeeds at once."""
    with LocalGlue(outcomes=dict.fromkeys(NAMES, "SUCCEEDED")) as glue:
        yield glue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, with the script that all jobs share."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.py").touch()
    return tmp_path


many = settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller failure is not worth minutes of deployments
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@many
@given(written=flows())
def test_what_checks_clean_deploys_and_completes(
    written: Written, local: LocalGlue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a flow has no finding, deploys with nothing left to do, and its successful run starts all that it should."""
    for name, value in local.environment().items():
        monkeypatch.setenv(name, value)
    compilation = compiled(folder, written.text)
    found = [d.message for d in compilation.report.diagnostics if d.severity is not Severity.INFO]
    assert found == [], written.text

    gateway = connect()
    planned = planned_deployment(compilation, gateway)
    route.apply(planned, gateway, gateway, halt=route.Halt(_no_time), observer=route.Silence())
    assert planned_deployment(compilation, gateway).is_empty
    workflow = compilation.project.workflows[0].name
    *_, snapshot = route.watch(gateway, workflow, route.start(gateway, workflow), sleep=_no_time)
    bundled = bundle(compilation.project, bucket=route.script_bucket(None, gateway.identity()).name)
    removal = route.plan_removal(bundled.project, gateway, name=compilation.settings.project)
    route.apply(removal, gateway, gateway, halt=route.Halt(_no_time), observer=route.Silence())

    assert (snapshot.status, snapshot.outcome) == ("COMPLETED", "SUCCEEDED"), written.text
    assert snapshot.statistics.succeeded_actions == written.successful


@settings(many, max_examples=40)
@given(written=flows(), mistake=st.sampled_from(MISTAKES))
def test_a_mistake_is_told_with_its_line(written: Written, mistake: str, folder: Path) -> None:
    """A line that no workflow may have is an error at that very line, and there is no error elsewhere."""
    line = written.text.count("\n") + 1

    report = compiled(folder, f"{written.text}{mistake}\n").report

    errors = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert {d.span.line if d.span else None for d in errors} == {line}, written.text


def compiled(folder: Path, text: str) -> Compilation:
    """Return what is in a flow file with this text."""
    # A name of its own: Python takes a file of the same size, written in the same second, for the one it has compiled.
    flow = folder / f"flow_{len(tuple(folder.iterdir()))}.py"
    flow.write_text(text, encoding="utf-8")
    return compile_path(flow.name)


def _no_time(_seconds: float) -> None:
    """Wait for nothing: what the local Glue does here, it does at once."""
