"""The code of jobs as assets: under the keys of the bundle, whatever stands around the stack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gluedsl.bundle import Bundle, File
from gluedsl.errors import UsageError
from gluedsl.model import Project
from tests.support.cdk import application, needs_node

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, needs_node]

KEY = "gluedsl/0123456789abcdef/flow-0-py3-none-any.whl"
BUNDLE = Bundle(project=Project(), files=(File(key=KEY, content=b"wheel"),))


def uploaded(folder: Path, stack: str) -> tuple[str, bytes]:
    """Return key and content of the one asset of a stack."""
    [file] = (each for each in folder.rglob(f"{stack}.assets.json"))
    assets = json.loads(file.read_text())["files"].values()
    [asset] = (each for each in assets if not each["source"]["path"].endswith(".template.json"))
    [place] = asset["destinations"].values()
    return place["objectKey"], (file.parent / asset["source"]["path"]).read_bytes()


def test_in_a_stage_of_an_application(tmp_path: Path) -> None:
    """In a nested cloud assembly the file is found from there."""
    from aws_cdk import Stack, Stage  # noqa: PLC0415 -- starts node

    from gluedsl.cdk.assets import script_bucket  # noqa: PLC0415 -- starts node

    whole = application(tmp_path)
    stack = Stack(Stage(whole, "Prod"), "Sales")
    script_bucket(stack, BUNDLE)
    whole.synth()

    assert uploaded(tmp_path, "ProdSales*") == (KEY, b"wheel")


def test_with_a_prefix(tmp_path: Path) -> None:
    """A synthesizer that puts a prefix before all keys has it in the bucket that jobs name."""
    from aws_cdk import DefaultStackSynthesizer, Stack  # noqa: PLC0415 -- starts node

    from gluedsl.cdk.assets import script_bucket  # noqa: PLC0415 -- starts node

    whole = application(tmp_path)
    stack = Stack(whole, "Sales", synthesizer=DefaultStackSynthesizer(bucket_prefix="team/"))
    bucket = stack.resolve(script_bucket(stack, BUNDLE))
    whole.synth()

    assert uploaded(tmp_path, "Sales") == (f"team/{KEY}", b"wheel")
    assert bucket == {"Fn::Join": ["", [{"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}, "/team"]]}


def test_without_a_place_for_assets(tmp_path: Path) -> None:
    """A synthesizer that takes no assets is named in one line."""
    from aws_cdk import BootstraplessSynthesizer, Stack  # noqa: PLC0415 -- starts node

    from gluedsl.cdk.assets import script_bucket  # noqa: PLC0415 -- starts node

    stack = Stack(application(tmp_path), "Sales", synthesizer=BootstraplessSynthesizer())

    with pytest.raises(UsageError) as caught:
        script_bucket(stack, BUNDLE)

    assert caught.value.message.startswith("the code of jobs cannot be an asset of the stack Sales: ")
    assert "\n" not in caught.value.message
    assert caught.value.hint == (
        "give each stack a DefaultStackSynthesizer of its own, or name a script bucket of yours"
    )
