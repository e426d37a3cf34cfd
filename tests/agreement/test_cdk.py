"""The CDK's construct describes the same resources: the template that it synthesises is read back into the model.

What differs must: the code of jobs is an asset, in the bucket of the bootstrap; the CDK adds metadata of its own.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gluedsl.bundle import bundle
from gluedsl.compiler import compile_path
from tests.support.cdk import application, needs_node, stack_of, synthesised
from tests.support.cli import EXAMPLES
from tests.support.read_back import from_templates, in_order

pytestmark = [pytest.mark.slow, needs_node]

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
FLOWS = sorted(path.name for path in EXAMPLES.iterdir() if (path / "flow.py").is_file())


@pytest.mark.parametrize("name", FLOWS)
def test_examples(name: str) -> None:
    """Every example is in the CDK's template what it is in all others."""
    from gluedsl.cdk import GlueWorkflows  # noqa: PLC0415 -- starts node

    stack = stack_of(application())
    GlueWorkflows(stack, "Workflows", str(EXAMPLES / name))

    read = from_templates(synthesised(stack), texts={BUCKET: "${ScriptBucket}"})

    wanted = in_order(bundle(compile_path(str(EXAMPLES / name)).project, bucket="${ScriptBucket}").project)
    assert read == replace(
        wanted, jobs=tuple(replace(job, property_reads=(), property_writes=()) for job in wanted.jobs)
    )
