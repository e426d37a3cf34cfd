"""What the script of a function job does: import the author's module, and run the body."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

FLOW = """
from gluedsl import RunProperties, Workflow


class Sales(RunProperties):
    env: str = "prod"
    rows: int = 0


sales = Workflow("sales", properties=Sales)
plain = Workflow("plain")


@sales.python_shell_job
def load(run):
    run.properties.rows = 42
    print(run.properties.env, run.properties.rows, run.arguments["mode"], run.run_id)


@plain.python_shell_job(name="alone")
def count(run):
    print(sorted(run.arguments.items()))
"""

BOTO3 = """
class client:
    stored = {"env": "test"}

    def __init__(self, service):
        print("client of", service)

    def get_workflow_run_properties(self, Name, RunId):
        return {"RunProperties": self.stored}

    def put_workflow_run_properties(self, Name, RunId, RunProperties):
        print("put", Name, RunId, RunProperties)
        self.stored.update(RunProperties)
"""
"""Stands for boto3 on a worker."""


def main(folder: Path, job: str, *words: str) -> tuple[str, str]:
    """Run the entry of a job in a process of its own; return what it printed and the last line of its errors."""
    (folder / "flow.py").write_text(FLOW, encoding="utf-8")
    (folder / "boto3.py").write_text(BOTO3, encoding="utf-8")
    script = folder / "script.py"
    script.write_text(f"from gluedsl.dsl.entry import main\nmain('flow', {job!r})\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-B", str(script), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout, (run.stderr.splitlines() or [""])[-1]


def test_a_job_of_a_workflow_run(tmp_path: Path) -> None:
    """Its run properties are those of the run that Glue names on the command line, with the types of its workflow."""
    words = ("--WORKFLOW_NAME", "sales", "--WORKFLOW_RUN_ID", "wr_1", "--mode", "full")

    assert main(tmp_path, "sales-load", *words) == (
        "client of glue\nput sales wr_1 {'rows': '42'}\ntest 42 full wr_1\n",
        "",
    )


def test_a_job_that_is_started_by_itself(tmp_path: Path) -> None:
    """No client is made where none is needed."""
    assert main(tmp_path, "alone", "--mode", "full") == ("[('mode', 'full')]\n", "")


def test_a_job_that_the_module_does_not_have(tmp_path: Path) -> None:
    """A script that was not shipped with its module says what it looked for."""
    assert main(tmp_path, "sales-gone") == ("", "LookupError: this module has no function job `sales-gone`")
