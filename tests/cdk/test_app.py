"""The CDK application of this repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.emit.cloudformation import template
from tests.support.cdk import needs_node

ROOT = Path(__file__).parents[2]
COMMAND_LINE = ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk"
BROKEN = """from gluedsl import PythonShellJob, Workflow, cron

flow = Workflow("nightly", start=cron("0 2 * * * *"))
flow.add(PythonShellJob("load", script="s3://scripts/load.py"))
"""
EXAMPLE = ROOT / "examples" / "01_nightly_sales"

pytestmark = [pytest.mark.slow, needs_node]


def synthesised(outdir: Path, **context: str) -> dict[str, str]:
    """Run the application; return the text of the files that it has written, by name."""
    given = {"CDK_OUTDIR": str(outdir), "CDK_VALIDATION": "false", "CDK_CONTEXT_JSON": json.dumps(context)}
    command = [sys.executable, "-m", "cdk_app.app"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    return {file.name: file.read_text(encoding="utf-8") for file in outdir.glob("*.json")}


def test_twice_the_same(tmp_path: Path) -> None:
    """Two syntheses are the same, byte by byte; a stack is what `gluedsl synth` writes, under the same logical ids."""
    first, second = (synthesised(tmp_path / name, flows=str(EXAMPLE)) for name in ("first", "second"))

    assert first == second
    bucket = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
    emitted = template(
        bundle(compile_path(str(EXAMPLE)).project, bucket="${ScriptBucket}").project, script_bucket=bucket
    )
    written = json.loads(first["nightly-sales.template.json"])["Resources"]
    assert _comparable(emitted["Resources"]) == _comparable(written)


def test_all_flows(tmp_path: Path) -> None:
    """Without context, each of the first two examples has a stack."""
    written = synthesised(tmp_path)

    assert {name for name in written if name.endswith(".template.json")} == {
        "nightly-sales.template.json",
        "three-steps.template.json",
    }


def test_a_stage(tmp_path: Path) -> None:
    """What the application's own text shows works: flows and their stage from context."""
    shown = re.search(r"-c flows=(\S+) -c stage=(\S+)", (ROOT / "cdk_app" / "app.py").read_text(encoding="utf-8"))
    assert shown is not None
    written = synthesised(tmp_path, flows=shown[1], stage=shown[2])

    assert {name for name in written if name.endswith(".template.json")} == {
        "dev-nightly-sales.template.json",
        "dev-three-steps.template.json",
    }


@pytest.mark.skipif(not COMMAND_LINE.is_file(), reason="the CDK's command line is not there")
def test_errors_under_the_command_line(tmp_path: Path) -> None:
    """`cdk synth` shows what is wrong, at its construct and in the author's file, and fails; it shows no traceback."""
    (tmp_path / "flow.py").write_text(BROKEN, encoding="utf-8")
    command = ["node", str(COMMAND_LINE), "synth", "--app", f"{sys.executable} -m cdk_app.app"]
    context = ["--context", f"flows={tmp_path / 'flow.py'}", "--output", str(tmp_path / "cdk.out")]
    quiet = {"CDK_VALIDATION": "false", "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1", "CI": ""}
    run = subprocess.run(
        [*command, *context], cwd=ROOT, env=os.environ | quiet, capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run.stderr)
    assert (
        f"{tmp_path / 'flow.py'}:3:48: error[SC009] schedule of trigger `nightly-start`: "
        "day of month `*` and day of week `*` are both given\n    help: write `?` as day of week"
    ) in plain
    assert "workflows-with-errors/Workflows" in plain
    assert "Traceback" not in plain


def _comparable(value: Any) -> Any:
    """Return resources in one spelling: the CDK joins what `Fn::Sub` writes in one text, and lists what is single."""
    match value:
        case {"Fn::Join": ["", list(parts)]}:
            return "".join(_comparable(part) for part in parts)
        case {"Fn::Sub": [str(text), dict(names)]}:
            for name, inner in names.items():
                text = text.replace(f"${{{name}}}", _comparable(inner))
            return text
        case {"Fn::Sub": str(text)}:
            return text
        case dict():
            return {
                key: [inner] if key == "DependsOn" and isinstance(inner, str) else _comparable(inner)
                for key, inner in value.items()
            }
        case list():
            return [_comparable(inner) for inner in value]
        case _:
            return value
