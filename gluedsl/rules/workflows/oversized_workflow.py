"""WF008 `oversized-workflow`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMIT = 100
NOUNS = {"JOB": "job", "CRAWLER": "crawler", "TRIGGER": "trigger"}


class OversizedWorkflow(Rule):
    """A workflow has more than 100 jobs, crawlers and triggers.

    ## What it does

    Reports workflows of more than 100 components; a job that several triggers start is one.

    ## Why is this bad

    AWS asks to keep to 100: beyond it, stopping and resuming a run may fail. Workflows with more are known to run.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    rates = sales.add(PythonShellJob("rates", script="s3://scripts/rates.py"))
    for shop in range(100):
        sales.add(PythonShellJob(f"load-{shop}", script="s3://scripts/load.py"), after=rates)
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    regions = [Workflow(f"sales-{region}", role="GlueJobRole") for region in ("eu", "us")]
    for region in regions:
        for shop in range(50):
            region.add(PythonShellJob(f"{region.name}-load-{shop}", script="s3://scripts/load.py"))
    ```
    """

    code = "WF008"
    name = "oversized-workflow"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/blueprint_workflow_restrictions.html"
    also = (
        "GR009",
        "QT013",
    )

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow that is larger than AWS asks for."""
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            size = len(graph.nodes)
            if size > LIMIT:
                counts = Counter[str](node.type for node in graph.nodes)
                parts = [counted(counts[kind], noun) for kind, noun in NOUNS.items() if counts[kind]]
                yield self.finding(
                    f"workflow `{workflow.name}` has {size:,} components, and AWS asks for {LIMIT} at most",
                    context.span(*path),
                    notes=(f"it has {listed(parts)}", "beyond, stopping and resuming a run may fail"),
                    help=("make two workflows of it",),
                )
