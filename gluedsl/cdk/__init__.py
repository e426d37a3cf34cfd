"""Glue workflows in CDK applications: the one room that knows aws_cdk.

Comes in: workflows as authors declare them, or the path of their flow files. Goes out: typed constructs in the caller's
stacks, the same resources under the same logical ids as `gluedsl.emit` writes, and findings as annotations. It compiles
through `gluedsl.compiler`, decides nothing about the resources, and calls no AWS. Importing it changes one thing in the
process: an error of gluedsl's that nobody catches ends it with a line and a hint, and not with a traceback.
"""

from __future__ import annotations

from gluedsl.cdk.hints import hints, say_uncaught
from gluedsl.cdk.requirements import require_cdk

with hints():
    say_uncaught()
    require_cdk()

from gluedsl.cdk.checks import GlueChecks
from gluedsl.cdk.construct import GlueWorkflow, GlueWorkflows
from gluedsl.cdk.stacks import GlueStacks

__all__ = ["GlueChecks", "GlueStacks", "GlueWorkflow", "GlueWorkflows"]
