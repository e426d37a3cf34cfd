"""The part of gluedsl that is shipped to Glue workers runs there."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gluedsl
from gluedsl.bundle import SHIPPED

PACKAGE = Path(gluedsl.__file__).parent

FLOW = """
from __future__ import annotations

from gluedsl import Crawler, JobRun, RunProperties, S3Target, SparkJob, Trigger, Workflow
from gluedsl import all_of, any_of, cron, on_event


class Sales(RunProperties):
    env: str = "prod"
    regions: list[str] = ["north"]


sales = Workflow("sales", start=cron("0 2 * * ? *"), properties=Sales)


@sales.python_shell_job(reads=[Sales.env])
def load(run: JobRun[Sales]) -> None:
    print("loading", run.arguments["mode"])


catalog = sales.add(Crawler("catalog", database="sales", targets=[S3Target("s3://lake/sales/")]), after=load)
dedupe = sales.add(SparkJob("dedupe", script="jobs/dedupe.py"), after=all_of(load, catalog))
again = load.with_arguments({"--mode": "full"})
sales.add(Trigger("again", when=any_of(load.failed, dedupe.unsuccessful), start=[again]))
events = Workflow("events", start=on_event(batch_size=10))
"""


def interpreter(version: str) -> str:
    """Return a Python of this version; skip the test if the machine has none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [shutil.which(f"python{version}"), *map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python")))]
    for candidate in filter(None, found):
        asked = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
        if asked.stdout.startswith(f"Python {version}."):
            return candidate
    pytest.skip(f"no Python {version} on this machine")


def test_all_that_is_imported_is_shipped() -> None:
    """What a flow module and the entry of a job import of gluedsl is what is shipped."""
    program = """
import sys
import gluedsl, gluedsl.dsl.entry
print(*(module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "gluedsl"), sep="\\n")
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )

    imported = {Path(line).relative_to(PACKAGE).as_posix() for line in run.stdout.splitlines()}
    assert set(SHIPPED) == imported


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_are_python_3_9(name: str) -> None:
    """Every shipped file keeps to the syntax of the oldest interpreter on a worker."""
    source = (PACKAGE / name).read_text(encoding="utf-8")

    assert isinstance(ast.parse(source, feature_version=(3, 9)), ast.Module)


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.11"])
def test_a_job_runs_on_the_interpreters_of_workers(version: str, tmp_path: Path) -> None:
    """With the shipped files alone, a flow module is imported and the body of its job is run."""
    python = interpreter(version)
    for name in SHIPPED:
        (tmp_path / "gluedsl" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / name, tmp_path / "gluedsl" / name)
    (tmp_path / "flow.py").write_text(FLOW)
    (tmp_path / "entry.py").write_text('from gluedsl.dsl.entry import main\n\nmain("flow", "sales-load")\n')

    run = subprocess.run(
        [python, "-S", "entry.py", "--mode", "full"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.stderr, run.returncode) == ("loading full\n", "", 0)
