"""GR006 `unused-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import Node
from gluedsl.model import walk
from gluedsl.model.faults import UnplacedNode
from gluedsl.rules.graph.blockage import blockages, left_to_start_trigger, vain_conditions
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnusedNode(Rule):
    """A job or crawler is in no workflow.

    ## What it does

    Reports jobs and crawlers that the project defines and no trigger starts.

    ## Why is this bad

    It deploys, or is left out, and in either case never runs.
    Usually it was made and then not added to its workflow, or a start trigger of the author's own does not name it.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = sales.add(PythonShellJob("publish", script="s3://scripts/publish.py"), after=load)
    ```
    """

    code = "GR006"
    name = "unused-node"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job and crawler that nothing starts, and of which no other rule says so."""
        project = context.project
        unplaced = {fault.node: fault.span for fault in context.faults if isinstance(fault, UnplacedNode)}
        for shown, span in unplaced.items():
            yield self.finding(f"{shown} is in no workflow", span, help=("add it to a workflow, or leave it out",))
        if not project.workflows:
            return
        left = context.once(left_to_start_trigger, project)
        told = {node for w in project.workflows for blockage in context.once(blockages, w) for node in blockage.missing}
        told |= {node for workflow in project.workflows for node in context.once(vain_conditions, workflow)}
        jobs = ((path, Node("JOB", job.name)) for path, job in walk.jobs(project))
        crawlers = ((path, Node("CRAWLER", crawler.name)) for path, crawler in walk.crawlers(project))
        for path, node in (*jobs, *crawlers):
            if node in left and node not in told and str(node) not in unplaced:
                yield self.finding(
                    f"{node} is started by no trigger",
                    context.span(*path),
                    help=("name it in a trigger that starts it, or leave it out",),
                )
