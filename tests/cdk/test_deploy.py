"""The CDK's own command line against a local Glue: the whole cycle, assemblies, nested stacks, and what fails."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local import LocalGlue
from tests.support.cdk_command import PLACE, ROOT, CdkCommand, needs_command_line
from tests.support.cloudformation import Stacks, job, nightly, trigger
from tools.cdk_demo import Failure, changed, require

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
from gluedsl import PythonShellJob, Workflow, cron

sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"))


@sales.python_shell_job
def load_orders(run):
    print("loading")


sales.add(PythonShellJob("publish", script="publish.py"), after=load_orders)
"""
BESIDE = """
from aws_cdk import App, Stack, aws_glue

app = App()
command = {"name": "glueetl", "scriptLocation": "s3://scripts/old.py"}
aws_glue.CfnJob(Stack(app, "Beside"), "Old", name="old", role="GlueRole", command=command)
app.synth()
"""
NESTED = """
import os

from aws_cdk import App, CfnOutput, NestedStack, Stack, aws_s3

from flow import sales
from gluedsl.cdk import GlueWorkflow

app = App()
stack = Stack(app, "Sales")
made = GlueWorkflow(NestedStack(stack, "Inner"), "Nightly", sales)
made.jobs["publish"].add_property_override("Timeout", int(os.environ["MINUTES"]))
made.triggers["start"].add_property_override("Schedule", os.environ.get("SCHEDULE", "cron(0 2 * * ? *)"))
aws_s3.Bucket(stack, "Raw").grant_read(made.role)
CfnOutput(stack, "Name", value=made.workflow.ref)
app.synth()
"""
ARRIVALS = """
from aws_cdk import App, CustomResource, RemovalPolicy, Stack, aws_s3

app = App()
stack = Stack(app, "Arrivals")
lake = aws_s3.Bucket(
    stack, "Lake", bucket_name="lake", event_bridge_enabled=True, auto_delete_objects=True,
    removal_policy=RemovalPolicy.DESTROY,
)
if app.node.try_get_context("thing"):
    CustomResource(stack, "Thing", service_token="arn:aws:lambda:us-east-1:123456789012:function:f")
app.synth()
"""
NOTHING: dict[str, list[str]] = {"workflows": [], "jobs": [], "triggers": [], "crawlers": []}

pytestmark = pytest.mark.slow


class Assembly:
    """A cloud assembly with one stack, as `cdk synth` writes one, and the command line on it."""

    def __init__(self, glue: LocalGlue, folder: Path) -> None:
        self.folder = folder
        self.cdk = CdkCommand(folder, glue.environment())
        properties = {"templateFile": "App.template.json", "validateOnSynth": False}
        stack = {"type": "aws:cloudformation:stack", "environment": PLACE, "properties": properties}
        manifest = {"version": "48.0.0", "artifacts": {"App": stack}}
        folder.joinpath("manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def deploy(self, resources: dict[str, Any]) -> tuple[int, str]:
        """Deploy a template; return exit code and what was written."""
        self.folder.joinpath("App.template.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        return self.cdk.run("deploy", "--require-approval", "never")


def write_flow(folder: Path) -> None:
    """Write a flow of two jobs, one a function and one a script."""
    folder.mkdir(exist_ok=True)
    (folder / "flow.py").write_text(FLOW, encoding="utf-8")
    (folder / "publish.py").write_text("print('publishing')\n", encoding="utf-8")


def gluedsl(glue: LocalGlue, folder: Path, *arguments: str) -> str:
    """Run a command of gluedsl; return what it wrote."""
    cdk = CdkCommand(folder, glue.environment())
    done = subprocess.run(
        [sys.executable, "-m", "gluedsl", *arguments],
        cwd=folder,
        env=cdk.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_command_line
def test_the_whole_cycle() -> None:
    """Bootstrap, deploy, run, change, diff, deploy and destroy: what `make cdk-demo` shows."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.cdk_demo"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "COMPLETED, outcome SUCCEEDED" in done.stdout
    assert "    nothing is left\n" in done.stdout


@needs_command_line
def test_deployments_that_fail(tmp_path: Path) -> None:
    """A deployment that fails ends with 1, says why, and is undone; the next one works."""
    twice = nightly() | {"Again": trigger("again")}
    with LocalGlue() as glue:
        stacks, assembly = Stacks(glue), Assembly(glue, tmp_path)
        stacks.glue.create_job(Name="load", Role="r", Command={"Name": "glueetl", "ScriptLocation": "s3://b/k"})
        code, written = assembly.deploy(nightly())
        assert (code, stacks.status("App")) == (1, "ROLLBACK_COMPLETE")
        assert "load already exists" in written
        stacks.glue.delete_job(JobName="load")

        code, written = assembly.deploy(nightly())
        assert (code, stacks.status("App")) == (0, "CREATE_COMPLETE"), written

        code, written = assembly.deploy(twice)
        assert (code, stacks.status("App")) == (1, "UPDATE_ROLLBACK_COMPLETE")
        assert "a workflow can have only one" in written or "start" in written

        code, written = assembly.deploy(
            nightly() | {"Bad": job("bad", Command={"Name": "bash", "ScriptLocation": "s"})}
        )
        assert code == 1
        assert "App/Bad" in written
        assert "App/Again" not in written

        code, written = assembly.deploy(nightly() | {"More": job("more")})
        assert (code, stacks.status("App")) == (0, "UPDATE_COMPLETE"), written

        assembly.cdk.destroy()
        assert stacks.names() == NOTHING


@needs_command_line
def test_an_assembly(tmp_path: Path) -> None:
    """What `gluedsl synth` writes is deployed as it is, runs, changes and goes, beside stacks that the CDK has made."""
    flows, out = tmp_path / "flows", tmp_path / "flows.out"
    synth = ("synth", str(flows), "--format", "assembly", "--output", str(out))
    write_flow(flows)
    (tmp_path / "beside.py").write_text(BESIDE, encoding="utf-8")
    with LocalGlue() as glue:
        place = glue.environment()
        stacks, ours, theirs = Stacks(glue), CdkCommand(out, place), CdkCommand(tmp_path / "beside.py", place)
        gluedsl(glue, flows, *synth)
        ours.bootstrap()
        theirs.deploy()
        ours.deploy()
        assert "COMPLETED, outcome SUCCEEDED" in gluedsl(glue, flows, "start", "nightly-sales", "--watch")
        assert ours.diff() == []

        (flows / "publish.py").write_text("print('publishing more')\n", encoding="utf-8")
        gluedsl(glue, flows, *synth)
        assert ours.diff() == ["~ AWS::Glue::Job PublishJob"]
        ours.deploy()
        assert "COMPLETED, outcome SUCCEEDED" in gluedsl(glue, flows, "start", "nightly-sales", "--watch")

        ours.destroy()
        assert stacks.names() == NOTHING | {"jobs": ["old"]}
        theirs.destroy()
        assert stacks.names() == NOTHING


@needs_command_line
def test_an_assembly_with_a_bucket_of_its_own(tmp_path: Path) -> None:
    """Scripts go to the bucket that the settings name, and jobs find them there."""
    write_flow(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl]\nscript_bucket = "our-scripts"\n', encoding="utf-8")
    with LocalGlue() as glue:
        stacks, cdk = Stacks(glue), CdkCommand(tmp_path / "cdk.out", glue.environment())
        glue.session().client("s3").create_bucket(Bucket="our-scripts")
        gluedsl(glue, tmp_path, "synth", ".", "--format", "assembly", "--output", "cdk.out")
        cdk.bootstrap()
        cdk.deploy()

        location = stacks.glue.get_job(JobName="publish")["Job"]["Command"]["ScriptLocation"]
        assert location.startswith("s3://our-scripts/gluedsl/")
        assert "COMPLETED, outcome SUCCEEDED" in gluedsl(glue, tmp_path, "start", "nightly-sales", "--watch")


@needs_command_line
def test_a_bucket_that_tells_and_is_emptied(tmp_path: Path) -> None:
    """Buckets whose events go to EventBridge and that go with what is in them need no Lambda; what does says so."""
    (tmp_path / "app.py").write_text(ARRIVALS, encoding="utf-8")
    with LocalGlue() as glue:
        s3, cdk = glue.session().client("s3"), CdkCommand(tmp_path / "app.py", glue.environment())
        cdk.bootstrap()
        cdk.deploy()
        assert s3.get_bucket_notification_configuration(Bucket="lake")["EventBridgeConfiguration"] == {}
        s3.put_object(Bucket="lake", Key="orders.csv", Body=b"1")

        code, written = cdk.run("deploy", "--require-approval", "never", "--context", "thing=1")
        assert (code, Stacks(glue).status("Arrivals")) == (1, "UPDATE_ROLLBACK_COMPLETE")
        assert "the local CloudFormation runs no Lambda functions" in written

        cdk.destroy()
        assert "lake" not in [each["Name"] for each in s3.list_buckets()["Buckets"]]


@needs_command_line
def test_nested_stacks(tmp_path: Path) -> None:
    """A workflow in a nested stack is deployed both ways; an update of it that fails is undone with its parent's."""
    write_flow(tmp_path)
    (tmp_path / "app.py").write_text(NESTED, encoding="utf-8")
    with LocalGlue() as glue:
        stacks, cdk = Stacks(glue), CdkCommand(tmp_path / "app.py", glue.environment(), MINUTES="5")

        def minutes() -> int:
            return int(stacks.glue.get_job(JobName="publish")["Job"]["Timeout"])

        cdk.bootstrap()
        cdk.deploy()
        assert (minutes(), stacks.outputs("Sales")) == (5, {"Name": "nightly-sales"})
        assert "COMPLETED, outcome SUCCEEDED" in gluedsl(glue, tmp_path, "start", "nightly-sales", "--watch")
        assert cdk.diff() == []
        assert cdk.diff(MINUTES="6")[-1] == "~ AWS::Glue::Job PublishJob"  # after the stack that it is in
        cdk.deploy("--method=direct", MINUTES="6")
        assert minutes() == 6

        code, written = cdk.run("deploy", "--require-approval", "never", MINUTES="7", SCHEDULE="nonsense")
        assert (code, minutes(), stacks.status("Sales")) == (1, 6, "UPDATE_ROLLBACK_COMPLETE")
        assert "Schedule nonsense is not valid" in " ".join(written.split())
        code, written = cdk.run("rollback")
        assert "Stack Sales does not need a rollback: UPDATE_ROLLBACK_COMPLETE" in written

        cdk.destroy()
        assert stacks.names() == NOTHING


def test_changes_in_a_diff() -> None:
    """What a `cdk diff` says of resources is read, colours or none, with the paths of constructs or without."""
    diff = (
        "Resources\n\x1b[33m[~]\x1b[39m AWS::Glue::Job Workflows/Load Load\n[-] AWS::Glue::Trigger A/B Start destroy\n"
        "[+] AWS::Glue::Job New\n[-] AWS::Glue::Job Gone destroy\n[~] AWS::Glue::Job Renamed may be replaced\n"
    )

    assert changed(diff) == [
        "~ AWS::Glue::Job Load",
        "- AWS::Glue::Trigger Start",
        "+ AWS::Glue::Job New",
        "- AWS::Glue::Job Gone",
        "~ AWS::Glue::Job Renamed",
    ]


def test_what_is_not_as_it_should_be() -> None:
    """A step that did otherwise says what it found and what it should have found."""
    with pytest.raises(Failure, match=r"^what is left is \['a'\], not \[\]$"):
        require(["a"], [], "what is left is")
