"""`npx cdk deploy` runs this, as `cdk.json` says; `make synth` writes cdk.out without the CDK's command line.

CDK_VALIDATION=false leaves out the CDK's own check of the template, which takes several seconds;
`gluedsl check` has looked at more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from aws_cdk import App, Stack

from gluedsl.bundle import bundle
from gluedsl.cdk import GlueWorkflow
from gluedsl.compiler import compile_path

EXAMPLE = Path(__file__).parents[1] / "examples" / "01_nightly_sales"

compiled = compile_path(str(EXAMPLE))
if compiled.report.has_errors:
    sys.exit(f"{EXAMPLE} has errors: gluedsl check {EXAMPLE}")
app = App()
stack = Stack(app, "NightlySales")
GlueWorkflow(stack, "Sales", project=bundle(compiled.project, bucket="${ScriptBucket}").project)
app.synth()
