"""Glue workflows as CDK constructs: the one room that knows aws_cdk.

Comes in: a bundled project of the model. Goes out: typed constructs in the caller's stack, the same resources
as `gluedsl.emit` writes. It writes nothing to the caller's folder, and decides nothing about the resources.
"""

from __future__ import annotations

from gluedsl.errors import UsageError

try:
    from gluedsl.cdk.construct import GlueWorkflow
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] not in {"aws_cdk", "constructs", "jsii"}:
        raise
    message = f"gluedsl.cdk needs the CDK, and `{missing.name}` is not installed"
    raise UsageError(message, hint='pip install "gluedsl[cdk]"') from None

__all__ = ["GlueWorkflow"]
