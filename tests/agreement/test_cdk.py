"""The CDK's construct describes the same resources: the template that it synthesises is read back into the model.

What differs must:

- The code of jobs is an asset, in the bucket of the bootstrap, or in one that the application has.
- Where no job has code to upload there is no bucket, so the role that is made may not read one. Templates have a
  parameter for it, and the direct route always has its bucket.
- The CDK adds metadata of its own.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gluedsl import Workflow
from gluedsl.bundle import Bundle, bundle
from gluedsl.compiler import compile_path
from gluedsl.compiler.settings import Settings
from gluedsl.diagnostics import Report
from gluedsl.model import EventRule, JobKind, Role
from gluedsl.targets import Target
from tests.support.cdk import application, needs_node, stack_of, synthesised
from tests.support.checked_flows import written
from tests.support.cli import EXAMPLES
from tests.support.generated_flows import GeneratedFlow, flows
from tests.support.models import projects_with_rules
from tests.support.read_back import from_templates, in_order
from tests.support.written_nodes import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aws_cdk import App

    from gluedsl.model import Project

pytestmark = [pytest.mark.slow, needs_node]

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
FLOWS = sorted(path.name for path in EXAMPLES.iterdir() if (path / "flow.py").is_file())
PACKED = settings(
    max_examples=4,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""Each example is an application of many stacks: a call to Node costs more than what it makes. The same ones each time;
what to shrink is told by the name of a stack."""


def wanted(path: str) -> Project:
    """Return the project of flow files, as templates say it."""
    bundled = bundle(compile_path(path).project, bucket="${ScriptBucket}")
    project = in_order(bundled.project)
    return replace(
        project,
        jobs=tuple(replace(job, property_reads=(), property_writes=()) for job in project.jobs),
        roles=project.roles if bundled.files else tuple(map(without_scripts, project.roles)),
    )


def without_scripts(role: Role) -> Role:
    """Return a role that reads no scripts."""
    return replace(role, statements=tuple(one for one in role.statements if one.sid != "Scripts"))


def read(app: App) -> dict[str, Project]:
    """Return what is in the stacks of an application, by name."""
    texts = {BUCKET: "${ScriptBucket}"}
    return {stack.stack_name: from_templates(stack.template, texts=texts) for stack in app.synth().stacks}


def in_hand(file: Path) -> list[Workflow[Any]]:
    """Return the workflows of a flow file as an application has them that imports it."""
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return [one for one in vars(module).values() if isinstance(one, Workflow)]


@pytest.mark.parametrize("name", FLOWS)
def test_examples(name: str) -> None:
    """Every example is in the CDK's template what it is in all others."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    GlueWorkflows(stack, "Workflows", str(EXAMPLES / name))

    found = from_templates(synthesised(stack), texts={BUCKET: "${ScriptBucket}"})

    assert found == wanted(str(EXAMPLES / name))


@given(st.lists(flows(), min_size=8, max_size=8))
@PACKED
def test_generated_flows(generated: list[GeneratedFlow]) -> None:
    """So is any flow that can be written, by its path and in the hands of an application."""
    from aws_cdk import Stack  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    with TemporaryDirectory() as folder:
        app, expected = application(), {}
        for index, flow in enumerate(generated):
            Path(folder, str(index)).mkdir()
            Path(folder, str(index), SCRIPT).write_text("print('loaded')\n", encoding="utf-8")
            file = written(Path(folder, str(index)), flow.text)
            for way, given_flows in (("path", file), ("hand", in_hand(file))):
                name = f"{way}-{index}"
                GlueWorkflows(Stack(app, name), "Workflows", given_flows)
                expected[name] = wanted(str(file))

        assert read(app) == expected


def test_generated_projects() -> None:
    """So is any project that Glue takes: every kind of job, of target and of start, rules and roles, with any names."""
    seen: set[object] = set()

    @given(st.lists(projects_with_rules(), min_size=12, max_size=12))
    @PACKED
    def agree(generated: list[Project]) -> None:
        expected = {f"project-{index}": project for index, project in enumerate(generated)}
        assert read(placed(expected)) == {name: in_order(project) for name, project in expected.items()}
        seen.update(kind for project in generated for kind in kinds(project))

    agree()

    starts = {"ON_DEMAND", "SCHEDULED", "EVENT", "CONDITIONAL"}
    assert seen == {*get_args(JobKind), *get_args(Target), *starts, Role, EventRule}


def placed(projects: Mapping[str, Project]) -> App:
    """Return an application with a stack for each project."""
    from aws_cdk import Stack  # noqa: PLC0415 -- starts node

    from gluedsl.cdk.construct import GlueResources  # noqa: PLC0415 -- starts node
    from gluedsl.cdk.flows import Part  # noqa: PLC0415 -- starts node
    from gluedsl.cdk.tokens import Tokens  # noqa: PLC0415 -- starts node

    app = application()
    for name, project in projects.items():
        stack = Stack(app, name)
        part = Part(
            bundle=Bundle(project=project, files=()),
            report=Report.of(()),
            tokens=Tokens(stack.resolve),
            settings=Settings(root=Path(), project="generated"),
        )
        GlueResources(stack, "Workflows", part)
    return app


def kinds(project: Project) -> Iterator[object]:
    """Yield what kinds of things there are in a project."""
    yield from (job.kind for job in project.jobs)
    yield from (type(target) for crawler in project.crawlers for target in crawler.targets)
    yield from (trigger.type for workflow in project.workflows for trigger in workflow.triggers)
    yield from map(type, (*project.roles, *project.event_rules))
