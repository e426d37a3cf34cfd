"""The two sides of the benchmark of synthesis: what is compared is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.cdk import build
from tests.support.cdk import application, needs_node

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@needs_node
def test_both_sides_make_the_same(tmp_path: Path) -> None:
    """The construct and the constructs by hand make the same resources under the same logical ids."""

    def made(side: str) -> dict[str, Any]:
        app = application(tmp_path / side)
        build(app, side, 5, 4)
        return {one.stack_name: one.template["Resources"] for one in app.synth().stacks}

    assert made("by-hand") == made("construct")
