"""RP003 `unwritten-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gluedsl.diagnostics import Severity
from gluedsl.graph import Node, upstream
from gluedsl.graph.build import started_nodes
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic, Related
    from gluedsl.graph import WorkflowGraph
    from gluedsl.model import Job, Path, Workflow
    from gluedsl.rules.rule import Context


class _Member(NamedTuple):
    """A job of the project that a workflow starts."""

    node: Node
    path: Path
    job: Job


def _members(graph: WorkflowGraph, jobs: Mapping[Node, tuple[Path, Job]]) -> list[_Member]:
    started = {node for trigger in graph.workflow.triggers for node in started_nodes(trigger)}
    return [_Member(node, *jobs[node]) for node in graph.nodes if node in jobs and node in started]


def _given(workflow: Workflow) -> frozenset[str]:
    """Return what a run has from its start on.

    A run that events start has their ids (https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html).
    """
    by_glue = {"aws:eventIds"} if any(trigger.type == "EVENT" for trigger in workflow.triggers) else set()
    return frozenset(workflow.default_run_properties) | by_glue


def _writes(context: Context, key: str, writers: list[_Member]) -> tuple[Related, ...]:
    return related(
        *(
            (
                context.span(*path, "property_writes", job.property_writes.index(key)),
                f"{node} writes it, on another branch or later",
            )
            for node, path, job in writers
        )
    )


class UnwrittenRunProperty(Rule):
    """A job reads a run property that nothing before it writes.

    ## What it does

    Reports run properties in a job's `reads` that have no default in the workflow
    and that no job upstream of it `writes`.

    ## Why is this bad

    Reading a property that a run does not have fails the job, unless whoever starts the run happens to give it.
    A job that writes it on another branch may end later.

    ## Example

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job(writes=[Sales.orders_rows])
    def load(run):
        run.properties.orders_rows = 42


    @sales.python_shell_job(reads=[Sales.orders_rows])
    def report(run):
        print(run.properties.orders_rows)
    ```

    ## Use instead

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job(writes=[Sales.orders_rows])
    def load(run):
        run.properties.orders_rows = 42


    @sales.python_shell_job(after=load, reads=[Sales.orders_rows])
    def report(run):
        print(run.properties.orders_rows)
    ```
    """

    code = "RP003"
    name = "unwritten-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each read that may find nothing, by workflow."""
        jobs = {Node("JOB", job.name): (path, job) for path, job in walk.jobs(context.project)}
        for graph in context.graphs:
            given = _given(graph.workflow)
            members = _members(graph, jobs)
            for node, path, job in members:
                missing = [key for key in job.property_reads if key not in given]
                before = upstream(graph, node) if missing else frozenset()
                for key in missing:
                    writers = [member for member in members if key in member.job.property_writes]
                    if any(writer.node in before for writer in writers):
                        continue
                    known = given.union(*(member.job.property_writes for member in members))
                    yield self.finding(
                        f"{node} reads run property `{key}`, "
                        f"which nothing before it in workflow `{graph.workflow.name}` writes",
                        context.span(*path, "property_reads", job.property_reads.index(key)),
                        related=_writes(context, key, [writer for writer in writers if writer.node != node]),
                        help=(
                            *(() if writers else did_you_mean(key, sorted(known))),
                            "give it a default, or let the job wait for one that writes it",
                        ),
                    )
