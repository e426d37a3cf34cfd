"""The pytest plugin as a project has it: another process, the plugin loaded as an installation would."""

from __future__ import annotations

import re
import sys
import textwrap
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import ROOT, Ended, process

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
    from gluedsl import ExistingJob, Workflow

    flow = Workflow("flow")
    load = flow.add(ExistingJob("load"))
    page = flow.add(ExistingJob("page"), after=load.failed)
"""


def ran(folder: Path, tests: str, *options: str) -> Ended:
    """Run tests in a project of their own."""
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = ["."]\nfilterwarnings = ["error"]\n'
    )
    (folder / "flow.py").write_text(textwrap.dedent(FLOW))
    (folder / "test_flow.py").write_text(textwrap.dedent(tests))
    command = [sys.executable, "-m", "pytest", "-p", "gluedsl.testing.plugin", "-p", "no:cacheprovider", *options]
    return process(command, folder=folder, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONPATH=str(ROOT))


def test_the_installation_offers_it() -> None:
    """Pytest finds the plugin by its entry point."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["entry-points"]["pytest11"] == {"gluedsl": "gluedsl.testing.plugin"}


def test_fixtures(tmp_path: Path) -> None:
    """A test asks for a fixture by its name, and pytest lists them with what they are."""
    ended = ran(
        tmp_path,
        """
        import boto3
        from flow import flow, load, page

        def test_sim(sim):
            assert sim.run(flow, {load: "FAILED"}).started("page")
            assert sim.run("flow.py").never_started(page)

        def test_glue(glue):
            glue.deploy("flow.py")
            assert glue.run().outcome == "SUCCEEDED"

        def test_local_glue(local_glue):
            assert boto3.client("s3").meta.endpoint_url == local_glue.endpoint_url

        def test_one_at_a_time(glue, local_glue):
            pass
        """,
    )
    assert "3 passed, 1 error" in ended.out
    assert "UsageError: a local Glue is running in this process already" in ended.out
    listed = ran(tmp_path, "", "--fixtures").out
    for name in ("sim", "glue", "local_glue"):
        assert re.search(rf"^{name} -- .*gluedsl/testing/plugin\.py:\d+$", listed, re.MULTILINE)


def test_a_failing_test_shows_the_run(tmp_path: Path) -> None:
    """Under a test that fails stands the run that it has looked at; under one that passes, nothing."""
    ended = ran(
        tmp_path,
        """
        from flow import flow

        def test_fails(sim):
            run = sim.run(flow, {"load": "FAILED"})
            assert run.never_started("page")

        def test_passes(sim):
            assert sim.run(flow, {"load": "TIMEOUT"}).never_started("page")
        """,
        "-rP",
    )
    assert ended.code == 1
    assert "assert <job `page` started, and is SUCCEEDED>" in ended.out
    assert ended.out.count("- run of flow -") == 1
    assert "\n▶ on demand  fired 00:00:00\n│ ✗ job load " in ended.out
    assert " ✓ job page  SUCCEEDED  1 m 00 s\n" in ended.out
    assert "TIMEOUT" not in ended.out.split("- run of flow -")[1]


def test_a_mistake_is_told_at_the_tests_own_line(tmp_path: Path) -> None:
    """No frame of gluedsl comes between the test's line and what is wrong with it."""
    ended = ran(
        tmp_path,
        """
        from flow import flow

        def test_name(sim):
            sim.run(flow, {"laod": "FAILED"})

        def test_statement(sim):
            sim.explore(flow).never_starts("page")
        """,
    )
    assert '>       sim.run(flow, {"laod": "FAILED"})\n' in ended.out
    assert "E       gluedsl.errors.UsageError: workflow `flow` has no job or crawler `laod`\n" in ended.out
    assert "E       hint: did you mean `load`?\n\ntest_flow.py:5: UsageError\n" in ended.out
    assert "E       AssertionError: job `page` starts:\nE       when load FAILED, all else goes well\n" in ended.out
    assert "gluedsl/testing/" not in ended.out


@pytest.mark.parametrize("options", [("--collect-only",), ()], ids=["collecting", "running"])
def test_it_costs_nothing_where_it_is_not_used(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A project without a flow loads neither boto3 nor moto, nor the compiler, because gluedsl is installed."""
    (tmp_path / "conftest.py").write_text(
        textwrap.dedent("""
        import sys

        def pytest_unconfigure():
            heavy = {"boto3", "botocore", "moto", "duckdb", "rich", "gluedsl.compiler", "gluedsl.engine"}
            print("loaded:", sorted(heavy & set(sys.modules)))
        """)
    )
    ended = ran(tmp_path, "def test_other():\n    pass\n", *options)

    assert ended.code == 0, ended.out
    assert "loaded: []" in ended.out


def test_names_of_fixtures() -> None:
    """They are no names that well-known plugins use, so that projects with those can have this one."""
    others = {"mocker", "aws_credentials", "mock_aws", "s3", "dynamodb", "glue_client", "spark", "spark_session"}

    from gluedsl.testing import plugin  # noqa: PLC0415

    names = {name for name in vars(plugin) if name in {"sim", "glue", "local_glue"}}
    assert names == {"sim", "glue", "local_glue"}
    assert not names & others


@pytest.mark.slow
def test_several_processes(tmp_path: Path) -> None:
    """Tests that are spread over processes do not get in each other's way."""
    ended = ran(
        tmp_path,
        """
        import pytest

        @pytest.mark.parametrize("number", range(6))
        def test_glue(glue, number):
            glue.deploy("flow.py")
            glue.outcomes["load"] = "FAILED"
            assert glue.run().started("page")
        """,
        "-p",
        "xdist.plugin",
        "-n",
        "2",
    )
    assert ended.code == 0, ended.out
    assert "6 passed" in ended.out
