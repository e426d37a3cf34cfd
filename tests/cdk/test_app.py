"""The CDK application of this repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.emit.cloudformation import template

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "01_nightly_sales"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="the CDK runs on node, which is not there")
def test_same_resources_as_the_template(tmp_path: Path) -> None:
    """What `cdk deploy` would deploy are the resources that `gluedsl synth` writes."""
    environment = {**os.environ, "CDK_OUTDIR": str(tmp_path), "CDK_VALIDATION": "false"}
    command = [sys.executable, "-m", "cdk_app.app"]

    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    written = json.loads((tmp_path / "NightlySales.template.json").read_text())["Resources"]
    emitted = template(bundle(compile_path(str(EXAMPLE)).project, bucket="${ScriptBucket}").project)["Resources"]
    for resource in emitted.values():
        if "DependsOn" in resource:
            resource["DependsOn"] = [resource["DependsOn"]]  # as the CDK writes a single name
    assert emitted == written
