"""Errors that end an application: each is a line and a hint, with no traceback, and nobody else's is touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cdk import needs_node
from tests.support.cdk_command import ROOT, CdkCommand, needs_command_line

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

NO_NODE = "error: the CDK runs on Node.js, and there is no `node` on the PATH\n  hint: https://nodejs.org\n"
LARGE = """
from gluedsl.cdk import GlueWorkflow  # isort: skip
from aws_cdk import App, Stack

from gluedsl import SparkJob, Workflow

flow = Workflow("nightly", role="GlueRole")
job = flow.add(SparkJob("first", script="s3://scripts/x.py"))
for index in range(JOBS):
    job = flow.add(SparkJob(f"job-{index}", script="s3://scripts/x.py", arguments={"--x": "x" * LENGTH}), after=job)
GlueWorkflow(Stack(App(), "Sales"), "Nightly", flow)
"""
BROKEN = """
from gluedsl.cdk import GlueWorkflow  # isort: skip
from aws_cdk import App, Stack

from gluedsl import SparkJob, Workflow, cron

flow = Workflow("nightly", role="GlueRole", start=cron("0 2 * * * *"))
flow.add(SparkJob("load", script="s3://scripts/load.py", max_concurrent_runs=-1))
made = GlueWorkflow(Stack(App(), "Sales"), "Nightly", flow)
made.jobs["load"].add_property_override("Timeout", 30)
"""
RAISING = """
from gluedsl.cdk import GlueStacks  # isort: skip
from aws_cdk import App

GlueStacks(App(), "flow.py")
"""
IN_A_STAGE = """
from gluedsl.cdk import GlueChecks, GlueWorkflow  # isort: skip
from aws_cdk import App, Aspects, Stack, Stage, aws_glue

from gluedsl import SparkJob, Workflow, cron

app = App()
stage = Stage(app, "Prod")
flow = Workflow("nightly", role="GlueRole", start=cron("0 2 * * * *"))
flow.add(SparkJob("load", script="s3://scripts/load.py"))
GlueWorkflow(Stack(stage, "Sales"), "Nightly", flow)
aws_glue.CfnTrigger(
    Stack(stage, "Other"),
    "Often",
    type="SCHEDULED",
    schedule="cron(0 2 * * * *)",
    actions=[{"jobName": "load"}],
    start_on_creation=True,
)
Aspects.of(stage).add(GlueChecks())
Stack(app, "Beside")
app.synth()
"""
FAILED_IN_A_STAGE = (
    "error: Validation failed with the following errors:\n"
    "  [Prod/Sales/Nightly] app.py:9:65: error[SC009] schedule of trigger `nightly-start`: day of month `*` and day of "
    "week `*` are both given\n    help: write `?` as day of week\n"
    "  [Prod/Other/Often] error[SC009] schedule of trigger `Often`: day of month `*` and day of week `*` are both "
    "given\n    help: write `?` as day of week\n"
)


def ended(folder: Path, program: str, **environment: str) -> str:
    """Run an application, which must end with 1; return what it wrote to standard error."""
    (folder / "app.py").write_text(program, encoding="utf-8")
    silent = {"JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20", "NODE_NO_WARNINGS": "1", "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if name not in {"JSII_NODE", "CDK_CLI_VERSION"}}
    run = subprocess.run(
        [sys.executable, "app.py"], cwd=folder, env=kept | silent | environment, capture_output=True, check=False
    )

    assert (run.returncode, run.stdout) == (1, b"")
    return run.stderr.decode()


def test_without_node(tmp_path: Path) -> None:
    """Without Node, importing the constructs says so."""
    assert ended(tmp_path, "import gluedsl.cdk", PATH="/nowhere") == NO_NODE


def test_the_application_to_copy_without_node(tmp_path: Path) -> None:
    """So does the application of this repository, which imports the CDK itself as well."""
    assert ended(tmp_path, "import cdk_app.app", PATH="/nowhere") == NO_NODE


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ("raise PackageNotFoundError(name)", "gluedsl.cdk needs the CDK, and `aws-cdk-lib` is not installed"),
        ('return "2.200.0"', "gluedsl.cdk needs aws-cdk-lib 2.262.1 or newer, and 2.200.0 is installed"),
    ],
)
def test_without_the_library(tmp_path: Path, found: str, message: str) -> None:
    """Without the CDK's library, or with one that is too old, what to install is said."""
    pretence = f"""
import importlib.metadata
from importlib.metadata import PackageNotFoundError

def version(name):
    {found}

importlib.metadata.version = version
import gluedsl.cdk
"""
    assert ended(tmp_path, pretence) == f'error: {message}\n  hint: pip install "gluedsl[cdk]"\n'


@needs_node
@pytest.mark.parametrize(
    ("jobs", "length", "amount"),
    [
        (249, 1, r"501 resources of workflows; one takes 500"),
        (200, 6000, r"1,[\d,]+ bytes of workflows; one takes 1,000,000"),
    ],
    ids=["many", "long"],
)
def test_a_stack_that_is_too_large(tmp_path: Path, jobs: int, length: int, amount: str) -> None:
    """Too many resources, or too long a template, are said with what makes several stacks of them."""
    said = ended(tmp_path, LARGE.replace("JOBS", str(jobs)).replace("LENGTH", str(length)))

    hint = "  hint: gluedsl.cdk.GlueStacks makes as many stacks as it takes\n"
    assert re.fullmatch(rf"error: stack `Sales` would have {amount}\n{re.escape(hint)}", said)


@needs_node
def test_findings_and_a_handle(tmp_path: Path) -> None:
    """An application that goes on with what was not placed is told all that is wrong with it."""
    assert ended(tmp_path, BROKEN) == (
        "error: `Sales/Nightly` has errors, so that nothing is placed:\n"
        "app.py:7:65: error[SC009] schedule of trigger `nightly-start`: day of month `*` and day of week `*` are both "
        "given\n    help: write `?` as day of week\n"
        "app.py:8:78: error[JB030] job `load` has a maximum of -1 concurrent runs, and Glue allows 1 to 4,000\n"
    )


@needs_node
@pytest.mark.parametrize("command_line", ["", "2.1148.1"], ids=["alone", "under the command line"])
def test_findings_in_a_stage(tmp_path: Path, command_line: str) -> None:
    """A stage of an application is not left empty in silence: the command line looks at it only if it is asked to."""
    environment = {"CDK_CLI_VERSION": command_line} if command_line else {}

    assert ended(tmp_path, IN_A_STAGE, CDK_VALIDATION="false", **environment) == FAILED_IN_A_STAGE


@needs_node
def test_a_flow_that_raises(tmp_path: Path) -> None:
    """A flow file that cannot be imported is told by its line."""
    (tmp_path / "flow.py").write_text("x = 1\nraise RuntimeError('no such lake')\n", encoding="utf-8")

    assert ended(tmp_path, RAISING) == "error: flow.py:2: RuntimeError: no such lake\n"


@needs_node
def test_errors_of_others(tmp_path: Path) -> None:
    """What is not gluedsl's is shown as it always was."""
    said = ended(tmp_path, "import gluedsl.cdk\nraise ValueError('of the application')\n")

    assert said.startswith("Traceback (most recent call last):\n")
    assert said.endswith("\nValueError: of the application\n")


def test_where_it_was_raised(tmp_path: Path) -> None:
    """Whoever looks for a bug has the traceback, and the hint below it."""
    said = ended(tmp_path, "import gluedsl.cdk", PATH="/nowhere", GLUEDSL_TRACEBACK="1")

    assert said.startswith("Traceback (most recent call last):\n")
    assert said.endswith("there is no `node` on the PATH\nhint: https://nodejs.org\n")


@needs_command_line
def test_under_the_command_line(tmp_path: Path) -> None:
    """`cdk synth` shows the same lines."""
    (tmp_path / "app.py").write_text(BROKEN, encoding="utf-8")
    code, written = CdkCommand(tmp_path / "app.py", {}).run("synth")

    assert code == 1
    assert "error: `Sales/Nightly` has errors, so that nothing is placed:\napp.py:7:65: error[SC009]" in written
    assert "Traceback" not in written
