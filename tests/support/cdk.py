"""CDK applications for tests: small, without the CDK's own validation, and all on the one Node of the process."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from aws_cdk import App, Stack, Stage

# The oldest CDK that will do knows only this way; its Node takes the environment of its start.
os.environ["CDK_VALIDATION"] = "false"

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="the CDK runs on node, which is not there")


def application(outdir: Path | None = None, **of_app: Any) -> App:
    """Return an application; without a folder, it has one of the CDK's own for the time of the test."""
    from aws_cdk import App  # noqa: PLC0415 -- starts node

    return App(outdir=None if outdir is None else str(outdir), **of_app)


def stack_of(app: Stage, name: str = "Test") -> Stack:
    """Return a stack that adds nothing of its own to its template but what assets need."""
    from aws_cdk import DefaultStackSynthesizer, Stack  # noqa: PLC0415 -- starts node

    return Stack(app, name, synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False))


def synthesised(stack: Stack) -> Any:
    """Return a stack's template."""
    from aws_cdk.assertions import Template  # noqa: PLC0415 -- starts node

    return Template.from_stack(stack).to_json()


def messages(stack: Stack, level: str) -> list[tuple[str, str]]:
    """Return the annotations of a level, each with the path of its construct; errors do not stop this synthesis."""
    assembly = stack.node.root.synth(skip_validation=True)
    found = assembly.get_stack_by_name(stack.stack_name).messages
    return [(one.id, str(one.entry.data)) for one in found if one.level.name.lower() == level]
