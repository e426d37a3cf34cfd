"""What the real CDK writes, judged: constructs of Glue's resources, in an application that uses no gluedsl."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import process, start

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION = '''\
"""Workflows with two start triggers: in a stack, in one that it makes, and in a stage."""

import aws_cdk as cdk
from aws_cdk import aws_glue as glue
from constructs import Construct


class Flow(Construct):
    def __init__(self, scope, name):
        super().__init__(scope, "Flow")
        flow = glue.CfnWorkflow(self, "Workflow", name=name)
        command = glue.CfnJob.JobCommandProperty(
            name="pythonshell", python_version="3.9", script_location="s3://scripts/load.py"
        )
        job = glue.CfnJob(self, "Load", name=f"{name}-load", role="Glue", max_capacity=0.0625, command=command)
        actions = [glue.CfnTrigger.ActionProperty(job_name=job.ref)]
        glue.CfnTrigger(
            self, "Nightly", name=f"{name}-nightly", workflow_name=flow.ref, type="SCHEDULED", actions=actions,
            schedule="cron(0 2 * * ? *)", start_on_creation=True,
        )
        glue.CfnTrigger(
            self, "ByHand", name=f"{name}-by-hand", workflow_name=flow.ref, type="ON_DEMAND", actions=actions
        )


app = cdk.App()
stack = cdk.Stack(app, "Sales")
Flow(stack, "sales")
Flow(cdk.NestedStack(stack, "Inner"), "stock")
Flow(cdk.Stack(cdk.Stage(app, "Prod"), "Sales"), "sales")
app.synth()
'''


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="the CDK runs on node, which is not there")
def test_constructs_of_the_cdk(tmp_path: Path) -> None:
    """Each second start trigger is found in its template, and named by the path of its construct."""
    (tmp_path / "app.py").write_text(APPLICATION, encoding="utf-8")
    # The CDK unpacks itself into the folder of its user, once for all.
    settings = {"HOME": os.environ.get("HOME", "/"), "CDK_OUTDIR": "cdk.out", "CDK_VALIDATION": "false"}
    synthesised = process([sys.executable, "app.py"], folder=tmp_path, **settings)
    assert synthesised.code == 0, synthesised.err

    ended = start("check", "cdk.out", "--format", "json", folder=tmp_path)

    found = [(one["code"], one["file"], one["message"], one["notes"]) for one in ended.json()["diagnostics"]]
    assert [(code, message, notes) for code, _, message, notes in found] == [
        ("WF006", second_start("sales"), ["construct `Sales/Flow/ByHand`"]),
        ("WF006", second_start("stock"), ["construct `Sales/Inner/Flow/ByHand`"]),
        ("WF006", second_start("sales"), ["construct `Prod/Sales/Flow/ByHand`"]),
    ]
    assert [file.rpartition("/")[0] for _, file, _, _ in found] == ["cdk.out", "cdk.out", "cdk.out/assembly-Prod"]
    assert ended.code == 1


def second_start(workflow: str) -> str:
    """Return the message about the second start trigger of a workflow."""
    return f"workflow `{workflow}` has a second start trigger, `{workflow}-by-hand`"
