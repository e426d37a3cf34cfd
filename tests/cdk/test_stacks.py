"""Stacks: one for each family of workflows, split before CloudFormation's limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl import PythonShellJob, Trigger, Workflow, cron, on_demand
from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path, compile_workflows
from gluedsl.emit.stacks import resource_count, stacks
from gluedsl.errors import UsageError
from tests.support.cdk import application, needs_node

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, needs_node]


def family(name: str, size: int) -> Workflow[Any]:
    """Return a workflow of a chain of jobs."""
    flow = Workflow(name, start=cron("0 2 * * ? *"), role="GlueRole")
    before = None
    for index in range(size):
        before = flow.add(PythonShellJob(f"{name}-{index}", script="s3://scripts/load.py"), after=before)
    return flow


def test_one_for_each_family(tmp_path: Path) -> None:
    """Each family is a stack, by the name that the cloud assembly gives it; what is large is split, in order."""
    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    flows = [family("north", 2), family("south", 90), *(family(f"west-{index}", 60) for index in range(4))]
    shared = flows[-1].placements[0].added
    for flow in flows[2:-1]:
        flow.add(shared)
    app = application(tmp_path)
    made = GlueStacks(app, flows)

    parts = stacks(compile_workflows(*flows).project)
    assert list(made.stacks) == [part.name for part in parts]
    assert {"north", "south", "west-0", "west-1"} < made.stacks.keys()
    assembly = app.synth()
    counts = {one.stack_name: len(one.template["Resources"]) for one in assembly.stacks}
    assert all(count <= 450 for count in counts.values())
    assert counts == {part.name: resource_count(part.project) for part in parts}
    for part in parts:
        needs = {one.id for one in assembly.get_stack_by_name(part.name).dependencies if not one.id.endswith(".assets")}
        assert needs == set(part.depends_on)
    assert made.jobs["north-0"].name == "north-0"
    assert made.workflows["south"].stack is made.stacks["south"]


def test_of_a_path(tmp_path: Path) -> None:
    """A path will do; each stack uploads the files of its own jobs, and no others."""
    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    folder = tmp_path / "flows"
    folder.mkdir()
    for name in ("north", "south"):
        (folder / f"{name}.py").write_text(
            f'from gluedsl import Workflow\n\nflow = Workflow("{name}")\n\n\n@flow.python_shell_job\n'
            f'def load(run):\n    print("{name}")\n',
            encoding="utf-8",
        )
    app = application(tmp_path / "cdk.out")
    made = GlueStacks(app, folder)

    app.synth()
    assert sorted(made.stacks) == ["north", "south"]
    for name in ("north", "south"):
        files = json.loads((tmp_path / "cdk.out" / f"{name}.assets.json").read_text())["files"].values()
        names = sorted(one["source"]["path"].rpartition("/")[2] for one in files)
        assert names == [f"{name}-0-py3-none-any.whl", f"{name}-load.py", f"{name}.template.json"]
    keys = {file.key for file in bundle(compile_path(str(folder)).project, bucket="b").files}
    assert len(keys) == 4


def test_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are errors, one stack has them, and the synthesis stops."""
    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    monkeypatch.delenv("CDK_CLI_VERSION", raising=False)
    flow = family("north", 1)
    flow.add(Trigger("again", when=on_demand(), start=flow.placements[0].added))  # type: ignore[arg-type]  # it is a job
    app = application()
    made = GlueStacks(app, flow)

    with pytest.raises(
        RuntimeError, match=r"\[workflows-with-errors/Workflows\] tests/cdk/test_stacks.py:\d+:\d+: error"
    ):
        app.synth()
    with pytest.raises(UsageError, match="has errors, so that nothing is placed"):
        _ = made.jobs
    assert list(GlueStacks(app, flow).stacks) == ["workflows-with-errors-2"]


def test_names_that_are_taken(tmp_path: Path) -> None:
    """A stack of a name that the application has, and one name for several stacks, are refused."""
    from aws_cdk import Stage  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    app = application(tmp_path)
    stage = Stage(app, "Prod")
    for scope, where in ((app, "the application"), (stage, "`Prod`")):
        GlueStacks(scope, family("north", 1))
        with pytest.raises(UsageError) as caught:
            GlueStacks(scope, family("north", 1))
        assert caught.value.message == f"{where} has `north` already, which is the name of the stack of these workflows"
        assert caught.value.hint == "give one of the workflows another name, or a stage of the CDK's"

    with pytest.raises(UsageError) as caught:
        GlueStacks(app, [family("east", 1), family("west", 1)], stack_name="sales")
    assert caught.value.message == "stack_name= is one name, and the workflows take 2 stacks"
    assert caught.value.hint == "leave it out: each stack is called after its workflows"
    assert list(GlueStacks(app, family("south", 1), stack_name="sales").stacks) == ["south"]


def test_findings_by_stack() -> None:
    """A finding is at the stack that its resource is in."""
    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    late = Workflow("late", start=cron("0 2 31 * ? *"), role="GlueRole")
    late.add(PythonShellJob("late-load", script="s3://scripts/load.py"))
    app = application()
    made = GlueStacks(app, [late, family("north", 1)])

    app.synth()
    assert {name: sorted(one.reported) for name, one in made.constructs.items()}["north"] == []
    assert made.constructs["late"].reported


def test_region_of_the_settings(tmp_path: Path) -> None:
    """The region of the settings is that of the stacks, as it is of a cloud assembly; `env` comes first."""
    from aws_cdk import Environment  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueStacks  # noqa: PLC0415 -- starts node

    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl]\nregion = "eu-west-1"\n', encoding="utf-8")
    (tmp_path / "flow.py").write_text(
        'from gluedsl import PythonShellJob, Workflow\n\nflow = Workflow("north", role="GlueRole")\n'
        'flow.add(PythonShellJob("load", script="s3://scripts/load.py"))\n',
        encoding="utf-8",
    )
    of_settings, given = (
        GlueStacks(application(), tmp_path / "flow.py", env=env) for env in (None, Environment(region="us-east-2"))
    )

    assert of_settings.stacks["north"].region == "eu-west-1"
    assert given.stacks["north"].region == "us-east-2"
