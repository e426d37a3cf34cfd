"""`--stage`: one flow, and what differs by environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.flows import write

if TYPE_CHECKING:
    from tests.support.cli import Commands

FLOW = """
sales = Workflow("nightly-sales", start=daily("02:00"), role="GlueJobRole", properties={"env": "test"})

@sales.python_shell_job
def load(run): ...

dedupe = sales.add(PythonShellJob("dedupe", script="s3://code/d.py"), after=load)
"""
SETTINGS = """
[tool.gluedsl.stages.dev]
start = "on-demand"

[tool.gluedsl.stages.prod]
prefix = ""
properties = { env = "prod" }
jobs.load.max_retries = 2

[tool.gluedsl.stages.broken]
jobs.load.max_retries = 11
"""


@pytest.fixture
def project(cli: Commands) -> Commands:
    """Return the command line in a project with stages."""
    write(cli.folder, FLOW)
    (cli.folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return cli


def test_check(project: Commands) -> None:
    """One stage is checked, or the flow without any; a finding is shown where the stage says it."""
    fine = project.call("check")
    broken = project.call("check", "--stage", "broken", "--format", "concise")

    assert (fine.code, fine.err) == (0, "workflow `nightly-sales`: nothing wrong\n")
    assert (broken.code, broken.out) == (
        1,
        (
            "pyproject.toml:11:1: error[JB026] job `broken-nightly-sales-load` has a maximum of 11 retries, "
            "and Glue allows 0 to 10\n"
        ),
    )


def test_a_stage_that_is_not_there(project: Commands) -> None:
    """It is refused by every command, with what is like it."""
    ended = project.call("synth", "--stage", "prd")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"error: {project.folder / 'pyproject.toml'} has no stage `prd`\n  hint: did you mean `prod`?\n"
    )


def test_synth(project: Commands) -> None:
    """Templates of two stages have no name in common, the same bytes when made again, and each what its stage says."""
    dev, again = project.call("synth", "--stage", "dev"), project.call("synth", "--stage", "dev")
    prod = project.call("synth", "--stage", "prod").json()["Resources"]
    developed = dev.json()["Resources"]

    assert dev.out == again.out
    assert not developed.keys() & prod.keys()
    assert developed["DevNightlySalesStartTrigger"]["Properties"]["Type"] == "ON_DEMAND"
    assert prod["NightlySalesStartTrigger"]["Properties"]["Schedule"] == "cron(0 2 * * ? *)"
    assert prod["NightlySalesLoadJob"]["Properties"]["MaxRetries"] == 2
    assert prod["NightlySalesWorkflow"]["Properties"]["DefaultRunProperties"] == {"env": "prod"}


def test_the_environment_names_a_stage(project: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """`GLUEDSL_STAGE` stands for `--stage`; empty, it stands for none."""
    monkeypatch.setenv("GLUEDSL_STAGE", "dev")
    named = project.call("graph", "--format", "json").json()
    other = project.call("graph", "--format", "json", "--stage", "prod").json()
    monkeypatch.setenv("GLUEDSL_STAGE", "")
    none = project.call("check")

    assert (named["workflow"], other["workflow"]) == ("dev-nightly-sales", "nightly-sales")
    assert none.err == "workflow `nightly-sales`: nothing wrong\n"


@pytest.mark.parametrize("name", ["load", "nightly-sales-load", "dev-nightly-sales-load"])
def test_names_without_the_prefix(project: Commands, name: str) -> None:
    """Commands take the names that the flow has, and those in Glue."""
    ended = project.call(
        "simulate", "--stage", "dev", "--workflow", "nightly-sales", "--outcome", f"{name}=FAILED", "--format", "json"
    )

    assert ended.json()["workflow"] == "dev-nightly-sales"
    assert ended.json()["nodes"][0]["runs"][0]["state"] == "FAILED"


def test_a_name_that_is_none(project: Commands) -> None:
    """What is like it is named as the flow has it."""
    ended = project.call("simulate", "--stage", "dev", "--outcome", "dedup=FAILED")

    assert ended.err == (
        "error: workflow `dev-nightly-sales` has no job or crawler `dedup`\n  hint: did you mean `dedupe`?\n"
    )


def test_buckets_that_must_send_their_events(cli: Commands) -> None:
    """A template cannot see to that: `synth` says so, beside the template."""
    write(cli.folder, 'w = Workflow("w", role="R", start=on_event(s3=["s3://lake/raw/", "s3://crm"]))\n')
    body = (cli.folder / "flow.py").read_text(encoding="utf-8")
    (cli.folder / "flow.py").write_text(f"{body}@w.python_shell_job\ndef a(run): ...\n", encoding="utf-8")

    ended = cli.call("synth")

    assert ended.err == (
        "turn on EventBridge notifications of crm, lake: a template cannot do it for buckets that exist\n"
    )
    assert ended.json()["Resources"]["GluedslWEventRule"]["Type"] == "AWS::Events::Rule"
