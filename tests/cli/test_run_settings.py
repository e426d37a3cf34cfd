"""What the project's settings say of `gluedsl run`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import start

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
from gluedsl import PythonShellJob, Workflow

flow = Workflow("flow")
for name in ("a", "b", "c"):
    flow.add(PythonShellJob(name, script="job.py"))
"""


@pytest.mark.slow
def test_so_many_actions_run_at_once(tmp_path: Path) -> None:
    """Of one trigger that starts three jobs, one runs at a time where the settings say so."""
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    (tmp_path / "job.py").write_text("print('here')\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.gluedsl.local]\nparallel-actions = 1\n", encoding="utf-8")

    nodes = start("run", ".", "--format", "json", folder=tmp_path).json()["nodes"]

    runs = sorted((run["started_on"], run["completed_on"]) for node in nodes for run in node["runs"])
    assert len(runs) == 3
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(runs))


def test_what_is_not_installed_is_told_before_the_run(tmp_path: Path) -> None:
    """Requirements of jobs that run are compared with what is installed here, in one line."""
    (tmp_path / "job.py").write_text("print('here')\n", encoding="utf-8")
    (tmp_path / "flow.py").write_text(
        "from gluedsl import PythonShellJob, Workflow\n\nflow = Workflow('flow')\n"
        "flow.add(PythonShellJob('a', script='job.py', libraries=['duckling==1.0', 'boto3']))\n"
        "flow.add(PythonShellJob('b', script='job.py', libraries=['gosling>2']))\n"
        "flow.add(PythonShellJob('c', script='job.py', libraries=['cygnet']))\n",
        encoding="utf-8",
    )

    ended = start("run", "--outcome", "c=SUCCEEDED", folder=tmp_path)

    assert ended.code == 0, ended.err
    assert ended.err.startswith(
        "not installed here, where nothing is installed for jobs: duckling==1.0, gosling>2; "
        "pip install duckling==1.0 'gosling>2'\n"
    )
