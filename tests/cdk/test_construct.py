"""The construct: resources of the emitted template, as typed constructs in the caller's stack."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.emit.cloudformation import template
from gluedsl.errors import UsageError
from gluedsl.model import Action, Condition, Crawler, Job, Predicate, Project, RemoteScript, Trigger, Workflow
from gluedsl.targets import S3Target

if TYPE_CHECKING:
    from aws_cdk import Stack

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("node") is None, reason="the CDK runs on node, which is not there"),
]

NIGHTLY = Workflow(
    name="nightly",
    triggers=(
        Trigger(
            name="nightly-start", type="SCHEDULED", schedule="cron(0 2 * * ? *)", actions=(Action(job_name="load"),)
        ),
        Trigger(
            name="nightly-after-load",
            type="CONDITIONAL",
            predicate=Predicate(conditions=(Condition(job_name="load", state="SUCCEEDED"),)),
            actions=(Action(crawler_name="catalog"),),
        ),
    ),
)
LOAD = Job(name="load", kind="pythonshell", code=RemoteScript(uri="s3://${ScriptBucket}/load.py"), role="GlueRole")
CATALOG = Crawler(name="catalog", role="GlueRole", targets=(S3Target("s3://lake/sales/"),), database="sales")
PROJECT = Project(workflows=(NIGHTLY,), jobs=(LOAD,), crawlers=(CATALOG,))


@pytest.fixture
def stack() -> Stack:
    """Return an empty stack that adds nothing of its own to its template, in an application of its own."""
    from aws_cdk import App, BootstraplessSynthesizer, Stack  # noqa: PLC0415 -- starts node

    app = App(builtin_cloud_formation_validation=False)
    return Stack(app, "Test", synthesizer=BootstraplessSynthesizer())


def synthesised(stack: Stack) -> Any:
    """Return a stack's template."""
    from aws_cdk.assertions import Template  # noqa: PLC0415 -- starts node

    return Template.from_stack(stack).to_json()


def test_same_resources_as_the_template(stack: Stack) -> None:
    """CDK writes the resources, the parameter and the logical ids of the emitted template."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    GlueWorkflow(stack, "Nightly", project=PROJECT)

    emitted = template(PROJECT)
    written = synthesised(stack)
    assert _in_one_spelling(emitted["Resources"]) == _in_one_spelling(written["Resources"])
    assert emitted["Parameters"] == written["Parameters"]


def test_bucket_of_the_caller(stack: Stack) -> None:
    """A bucket that is given takes the place of the parameter."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    GlueWorkflow(stack, "Nightly", project=PROJECT, script_bucket="my-scripts")

    written = synthesised(stack)
    assert "Parameters" not in written
    command = written["Resources"]["LoadJob"]["Properties"]["Command"]
    assert command["ScriptLocation"] == {"Fn::Sub": "s3://my-scripts/load.py"}


def test_handles(stack: Stack) -> None:
    """Each resource is at hand by its name, as the CDK's own type, and can be changed."""
    from aws_cdk import aws_glue  # noqa: PLC0415 -- starts node

    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    made = GlueWorkflow(stack, "Nightly", project=PROJECT)
    made.jobs["load"].add_property_override("Description", "changed")

    assert isinstance(made.workflow, aws_glue.CfnWorkflow)
    assert list(made.workflows) == ["nightly"]
    assert list(made.jobs) == ["load"]
    assert list(made.crawlers) == ["catalog"]
    assert {"nightly-start", "nightly-after-load"} == set(made.triggers)
    assert synthesised(stack)["Resources"]["LoadJob"]["Properties"]["Description"] == "changed"


def test_the_workflow_of_several(stack: Stack) -> None:
    """Where there are two workflows, `.workflow` says that it cannot choose."""
    from gluedsl.cdk import GlueWorkflow  # noqa: PLC0415 -- starts node

    two = Project(workflows=(Workflow(name="north"), Workflow(name="south")))
    made = GlueWorkflow(stack, "Two", project=two)

    with pytest.raises(UsageError) as caught:
        _ = made.workflow

    assert caught.value.message == (
        "`.workflow` stands for the only workflow of a project; this one has `north`, `south`"
    )
    assert caught.value.hint == "use `.workflows[name]`"


def test_without_the_extra() -> None:
    """Without the CDK installed, importing the construct names what to install."""
    program = """
import sys
sys.modules["aws_cdk"] = None
from gluedsl.errors import UsageError
try:
    import gluedsl.cdk
except UsageError as error:
    print(error.message, "|", error.hint)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    expected = 'gluedsl.cdk needs the CDK, and `aws_cdk` is not installed | pip install "gluedsl[cdk]"\n'
    assert expected == run.stdout


def _in_one_spelling(resources: Any) -> Any:
    """Return resources with `DependsOn` as a list, which the CDK makes of a single name."""
    return {
        identity: resource | ({"DependsOn": _listed(resource["DependsOn"])} if "DependsOn" in resource else {})
        for identity, resource in resources.items()
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
