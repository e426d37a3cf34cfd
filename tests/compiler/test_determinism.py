"""The same flow gives the same bytes, whatever the hash seed and the working directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.flows import write

ROOT = Path(__file__).parents[2]

FLOW = """
class Sales(RunProperties):
    env: str = "prod"
    limits: dict = {"b": 1, "a": 2}

family = {}
for region in ("eu", "us"):
    w = Workflow(f"sales-{region}", properties=Sales, start=daily("02:00"), tags={"b": "1", "a": "2"})
    loads = [
        w.add(SparkJob(f"{region}-load-{n}", script="jobs/load.py", arguments={"--z": "1", "--a": "s3://lake/x/"},
                       libraries=["lib", "requests==2.32"], connections=["warehouse", "crm"]))
        for n in range(3)
    ]

    @w.python_shell_job(name=f"{region}-check", after=any_of(*(load.unsuccessful for load in loads)))
    def check(run):
        run.properties.env = "s3://reports/" + "s3://other/y"

    w.add(Crawler(f"{region}-catalog", database="sales", targets=["s3://lake/b/", "s3://lake/a/"]), after=loads)
    repair = RayJob(f"{region}-repair", script="s3://scripts/repair.py").with_arguments({"--m": "r", "--a": "b"})
    w.add(Trigger(f"{region}-repaired", when=all_of(loads[0].failed, loads[1]), start=[repair]))
    family[region] = w
"""


def synth(project: Path, path: str, working: Path, seed: str) -> bytes:
    """Return what `gluedsl synth` writes."""
    run = subprocess.run(
        [sys.executable, "-m", "gluedsl", "synth", path],
        cwd=working,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr.decode()) == (0, "")
    return run.stdout


def test_synth_is_deterministic(tmp_path: Path) -> None:
    """Byte for byte, for a flow that uses sets, dicts and files wherever it can."""
    project = tmp_path / "project"
    write(project, FLOW)
    for name in ("jobs/load.py", "lib/b.py", "lib/a.py", "lib/__init__.py"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(f"NAME = {name!r}\n", encoding="utf-8")

    first = synth(project, str(project), tmp_path, "1")
    second = synth(project, "flow.py", project, "2")

    assert first == second
    assert first.count(b'"AWS::Glue::Job"') == 10
