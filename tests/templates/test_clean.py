"""What gluedsl itself writes has nothing wrong in it: for its own eyes, and for those of the pack in cfn-lint."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from gluedsl.emit import template, to_json
from gluedsl.templates import read
from tests.support.cfn_lint_pack import linted
from tests.support.cli import EXAMPLES, ROOT, process
from tests.support.templates import write

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = sorted(place.name for place in EXAMPLES.iterdir() if (place / "flow.py").exists())


@pytest.mark.parametrize("folder", FOLDERS)
def test_templates_of_examples(folder: str, tmp_path: Path) -> None:
    """The template of every example is clean, whatever the bucket of its scripts is."""
    project = compile_path(str(EXAMPLES / folder)).project
    text = to_json(template(bundle(project, bucket="${ScriptBucket}").project))
    judged = read(write(tmp_path, text, "template.json"))

    assert judged.resource_count > len(project.jobs)
    assert judged.check().diagnostics == ()
    assert linted(text) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="the CDK runs on node, which is not there")
def test_the_cdk_application(tmp_path: Path) -> None:
    """So is what the CDK makes of it."""
    settings = {"HOME": os.environ.get("HOME", "/"), "CDK_OUTDIR": str(tmp_path), "CDK_VALIDATION": "false"}

    ended = process([sys.executable, "-m", "cdk_app.app"], folder=ROOT, **settings)

    assert ended.code == 0, ended.err
    judged = read(str(tmp_path))
    assert judged.resource_count > 0
    assert judged.check().diagnostics == ()
    for group in judged.groups:
        for stack in group:
            assert linted((tmp_path / stack.file).read_text(encoding="utf-8")) == []
