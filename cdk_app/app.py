"""`npx cdk deploy --all` runs this, as `cdk.json` says; `make synth` writes cdk.out without the CDK's command line.

Each family of workflows is a stack. Context says where the flows are, and for which stage of theirs:

    npx cdk deploy --all -c flows=examples/01_nightly_sales,examples/02_three_steps -c stage=dev

CDK_VALIDATION=false leaves out the CDK's own check of the template, which takes several seconds;
the check of the workflows has looked at more.
"""

from __future__ import annotations

from pathlib import Path

from gluedsl.cdk import GlueStacks  # isort: skip -- first: it says in one line what the CDK lacks here

from aws_cdk import App

EXAMPLES = Path(__file__).parents[1] / "examples"
FLOWS = f"{EXAMPLES / '01_nightly_sales'},{EXAMPLES / '02_three_steps'}"

app = App()
for flows in (app.node.try_get_context("flows") or FLOWS).split(","):
    GlueStacks(app, flows, stage=app.node.try_get_context("stage"))
app.synth()
