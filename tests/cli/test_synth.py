"""`gluedsl synth`: three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.cli import Commands

FLOW = """
from gluedsl import PythonShellJob, Workflow, on_event

sales = Workflow("sales", role="Glue", start=on_event(s3="s3://lake/raw/"))
sales.add(PythonShellJob("load", script="load.py"))
"""
BUCKETS = "turn on EventBridge notifications of lake: a template cannot do it for buckets that exist\n"


@pytest.fixture
def flow(cli: Commands) -> Commands:
    """Return the command line in a folder with a flow and its script."""
    (cli.folder / "flow.py").write_text(FLOW)
    (cli.folder / "load.py").write_text("print('loaded')\n")
    return cli


def test_terraform(flow: Commands) -> None:
    """The document goes to standard output; with `--scripts` it uploads what is written there."""
    ended = flow.call("synth", "--format", "terraform", "--scripts", "build")

    assert (ended.code, ended.err) == (0, BUCKETS)
    document = ended.json()
    assert document["resource"]["aws_s3_object"]["scripts"]["source"] == "${path.module}/build/${each.value}"
    (script,) = (flow.folder / "build" / "gluedsl").rglob("load.py")
    location = f"s3://${{var.script_bucket}}/{script.relative_to(flow.folder / 'build')}"
    assert document["resource"]["aws_glue_job"]["load"]["command"]["script_location"] == location


def test_an_assembly(flow: Commands) -> None:
    """The folder is one that `cdk deploy --app` takes."""
    ended = flow.call("synth", "--format", "assembly", "-o", "cdk.out")

    said = "1 stack in cdk.out; deploy with: cdk deploy --app cdk.out --all\n"
    assert (ended.code, ended.out, ended.err) == (0, "", f"{BUCKETS}{said}")
    manifest = json.loads((flow.folder / "cdk.out" / "manifest.json").read_text())
    assert [*manifest["artifacts"]] == ["sales.assets", "sales"]
    again = {path: path.read_bytes() for path in (flow.folder / "cdk.out").rglob("*") if path.is_file()}
    flow.call("synth", "--format", "assembly", "-o", "cdk.out")
    assert {path: path.read_bytes() for path in again} == again


def test_an_assembly_with_a_bucket_of_its_own(flow: Commands) -> None:
    """Where the settings name the bucket, scripts are uploaded there, by whoever deploys."""
    (flow.folder / "pyproject.toml").write_text('[tool.gluedsl]\nscript-bucket = "our-scripts"\n')

    flow.call("synth", "--format", "assembly", "-o", "cdk.out")

    template = json.loads((flow.folder / "cdk.out" / "sales.template.json").read_text())
    location = template["Resources"]["LoadJob"]["Properties"]["Command"]["ScriptLocation"]
    own, script = json.loads((flow.folder / "cdk.out" / "sales.assets.json").read_text())["files"].values()
    assert location == f"s3://our-scripts/{script['displayName']}"
    assert script["destinations"] == {
        "current_account-current_region": {"bucketName": "our-scripts", "objectKey": script["displayName"]}
    }
    assert "assumeRoleArn" in own["destinations"]["current_account-current_region"]


def test_an_assembly_of_the_cdk(flow: Commands) -> None:
    """A folder that holds one is left alone: its stacks would be deployed no more."""
    (flow.folder / "cdk.out").mkdir()
    manifest = flow.folder / "cdk.out" / "manifest.json"
    for text in (
        '{"version": "55.0.0", "artifacts": {}, "minimumCliVersion": "2.1"}',
        '{"version": "40.0.0", "artifacts": {}}',
        "x",
    ):
        manifest.write_text(text)

        ended = flow.call("synth", "--format", "assembly", "-o", "cdk.out")

        message = "error: cdk.out holds an assembly that something else has written, the CDK perhaps\n"
        hint = "  hint: give a folder of its own; `cdk deploy --app` takes one after the other\n"
        assert (ended.code, ended.err, manifest.read_text()) == (2, message + hint, text)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("--format assembly", "a cloud assembly is a folder", "--format assembly --output cdk.out"),
        ("-o there", "cloudformation goes to standard output", "--format assembly --output cdk.out"),
        (
            "--format assembly -o there --scripts build",
            "a cloud assembly holds the files of jobs itself",
            "leave out --scripts",
        ),
    ],
)
def test_options_that_do_not_fit(flow: Commands, arguments: str, message: str, hint: str) -> None:
    """They are refused before anything is written."""
    ended = flow.call("synth", *arguments.split())

    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n  hint: {hint}\n")
    assert sorted(path.name for path in flow.folder.iterdir() if path.suffix != ".pyc") == ["flow.py", "load.py"]


def test_a_folder_that_cannot_be_written(flow: Commands) -> None:
    """The file is named."""
    (flow.folder / "cdk.out").write_text("a file")

    ended = flow.call("synth", "--format", "assembly", "-o", "cdk.out")

    assert ended.code == 2
    assert "cannot be written: " in ended.err
