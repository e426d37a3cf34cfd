"""`gluedsl check` for code scanning and pull requests, and with a rule that crashes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl import __version__
from tests.support.cli import process
from tests.support.flows import write
from tests.support.sarif_witness import complaints

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

BAD = """
sales = Workflow("sales", role="GlueJobRole", start=cron("60 2 * * ? *"))

@sales.python_shell_job
def load(run): ...

idle = PythonShellJob("idle", script="s3://code/idle.py")
"""
GOOD = BAD.replace("60", "0").partition("idle")[0]

CRASHING = '''
"""X001 `crashing`."""

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule


class Crashing(Rule):
    """A rule that crashes."""

    code, name, kind, severity, since, url = "X001", "crashing", Kind.LINT, Severity.WARNING, "0.1.0", ""

    def check(self, context):
        return context.nothing_of_the_kind
'''
WITH_THAT_RULE = """
import sys
import gluedsl.rules
gluedsl.rules.__path__.append(sys.argv[1])
from gluedsl.cli.app import main
main(sys.argv[2:])
"""


def test_annotations_for_github(cli: Commands) -> None:
    """Each finding is a workflow command on standard output."""
    write(cli.folder, BAD)

    ended = cli.call("check", "flow.py", "--format", "github")

    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        (
            "::error file=flow.py,line=2,endLine=2,col=59,endColumn=61,title=SC003 invalid-schedule-minutes"
            "::schedule of trigger `sales-start`: minutes `60` is not within 0-59"
            "%0Ahelp: minutes: 0-59, with `,` `-` `*` `/`"
        ),
        (
            "::warning file=flow.py,line=7,endLine=7,col=8,endColumn=58,title=GR006 unused-node"
            "::job `idle` is in no workflow%0Ahelp: add it to a workflow, or leave it out"
        ),
    ]


def test_sarif(cli: Commands) -> None:
    """Standard output is one log that the schema allows, with the pages of the rules that found something."""
    write(cli.folder, BAD)

    ended = cli.call("check", "flow.py", "--format", "sarif")
    log = ended.json()
    (run,) = log["runs"]
    driver = run["tool"]["driver"]

    assert (ended.code, ended.err, complaints(log)) == (1, "", [])
    assert ("gluedsl", __version__) == (driver["name"], driver["version"])
    assert [result["ruleId"] for result in run["results"]] == ["SC003", "GR006"]
    assert [rule["id"] for rule in driver["rules"]] == ["GR006", "SC003"]
    assert [rule["defaultConfiguration"]["level"] for rule in driver["rules"]] == ["warning", "error"]
    page = driver["rules"][0]
    assert cli.call("explain", "GR006").out == page["help"]["text"]
    assert page["shortDescription"]["text"] == "A job or crawler is in no workflow."
    assert "## What it does\n" in page["help"]["markdown"]


@pytest.mark.parametrize("form", ["sarif", "json"])
def test_a_clean_report_for_programs(cli: Commands, form: str) -> None:
    """A program is told nothing besides its document."""
    write(cli.folder, GOOD)

    ended = cli.call("check", "flow.py", "--format", form)

    assert (ended.code, ended.err) == (0, "")


def test_a_clean_report_for_github(cli: Commands) -> None:
    """There is no command, and the log says that all is well."""
    write(cli.folder, GOOD)

    ended = cli.call("check", "flow.py", "--format", "github")

    assert (ended.code, ended.out, ended.err) == (0, "", "workflow `sales`: nothing wrong\n")


def test_levels(cli: Commands) -> None:
    """Notes alone are no reason to fail, and a wrong level is one to stop."""
    write(cli.folder, BAD.replace("60", "0"))
    settings = cli.folder / "pyproject.toml"

    settings.write_text('[tool.gluedsl.rules]\nGR006 = "info"\n')
    ended = cli.call("check", "flow.py", "--format", "concise")
    assert (ended.code, ended.out, ended.err) == (0, "flow.py:7:8: info[GR006] job `idle` is in no workflow\n", "")

    settings.write_text('[tool.gluedsl.rules]\nWF006 = "off"\n')
    ended = cli.call("check", "flow.py")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"error: {settings}: [tool.gluedsl.rules] sets the level of `WF006`, "
        "and nothing silences a restriction: AWS refuses it, or it cannot work\n"
        "  hint: `gluedsl explain WF006` says which\n"
    )


LOCKED = """
from gluedsl import PythonShellJob

sales = Workflow("sales", properties={"password": "hunter2"}, max_concurrent_runs=0)

@sales.python_shell_job
def load(run): ...

idle = PythonShellJob("idle", script="s3://code/idle.py")
"""


@pytest.mark.parametrize("command", ["graph", "simulate", "synth"])
def test_findings_of_other_commands(cli: Commands, command: str) -> None:
    """Only `check` tells what is no error: the others say how many there are, and what shows them."""
    write(cli.folder, BAD.replace("60", "0"))

    ended = cli.call(command, "flow.py")
    assert (ended.code, ended.err) == (0, "1 warning: gluedsl check flow.py\n")
    assert cli.call(command).err == "1 warning: gluedsl check\n"

    (cli.folder / "pyproject.toml").write_text("[tool.gluedsl.stages.dev]\n[tool.gluedsl.rules]\nGR006 = 'info'\n")
    assert cli.call(command, "flow.py", "--stage", "dev").err == "1 info: gluedsl check flow.py --stage dev\n"

    (cli.folder / "pyproject.toml").write_text("[tool.gluedsl.rules]\nGR006 = 'off'\n")
    ended = cli.call(command, "flow.py")
    assert (ended.code, ended.err) == (0, "")


def test_errors_of_other_commands(cli: Commands) -> None:
    """They are told in full, and what a warning hides is hidden in them as well."""
    write(cli.folder, LOCKED)

    ended = cli.call("graph", "flow.py")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error[WF005]: ")
    assert ended.err.endswith("\n\n1 error\n2 warnings: gluedsl check flow.py\n")
    assert "hunter2" not in ended.err


def test_a_rule_crashes(tmp_path: Path) -> None:
    """It is reported as gluedsl's own bug, among what the other rules find."""
    write(tmp_path, BAD)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "crashing.py").write_text(CRASHING)
    arguments = ["more", "check", "flow.py", "--format", "concise"]

    ended = process([sys.executable, "-c", WITH_THAT_RULE, *arguments], folder=tmp_path)

    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        (
            "error[TL001] rule `X001` of gluedsl crashed: "
            "AttributeError: 'Context' object has no attribute 'nothing_of_the_kind'"
        ),
        "flow.py:2:59: error[SC003] schedule of trigger `sales-start`: minutes `60` is not within 0-59",
        "flow.py:7:8: warning[GR006] job `idle` is in no workflow",
    ]
