"""TL006 `unread-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import traffic, unkept_writes
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import WorkflowGraph
    from gluedsl.rules.properties.traffic import Party
    from gluedsl.rules.rule import Context


class UnreadRunProperty(Rule):
    """A job writes a run property that no job reads.

    ## What it does

    Tells of run properties that the code of a job writes, that no job of the workflow reads, and of which nothing
    says that somebody else does: the workflow has no default for it, and the job does not name it in `writes=`.
    Where the code of some job cannot be followed, nothing is told.

    ## Why is this bad

    It may be left over from a job that is gone, or misspelt.
    A result that people look up in the run is named in `writes=`, so that readers of the flow know it, too.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties["orders_rows"] = "42"


    @sales.python_shell_job(after=load)
    def report(run):
        print("loaded")
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties["orders_rows"] = "42"


    @sales.python_shell_job(after=load)
    def report(run):
        print("loaded", run.properties["orders_rows"])
    ```
    """

    code = "TL006"
    name = "unread-run-property"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each property at its first write, by workflow."""
        for graph, parties in context.once(traffic, context):
            if not _all_readers_are_known(graph, parties):
                continue
            known = set(graph.workflow.default_run_properties)
            for party in parties:
                known |= {*party.job.property_reads, *party.job.property_writes, *party.reads_in_code, *party.meant}
            # A name that is nearly the one that is read is misspelt, and the read finds nothing (RP003).
            unwritten = known.difference(graph.workflow.default_run_properties, *(one.claims for one in parties))
            # One that is nearly what its job declares is misspelt as well (TL011).
            meant = {party.node: unkept_writes(party.job, party.contract) for party in parties}
            told: set[str] = set()
            for party in parties:
                for mention in party.contract.writes:
                    near = sorted(unwritten.union(meant[party.node]))
                    if mention.name in known or mention.name in told or did_you_mean(mention.name, near):
                        continue
                    told.add(mention.name)
                    yield self.finding(
                        f"{party.node} writes run property `{mention.name}`, "
                        f"which no job of workflow `{graph.workflow.name}` reads",
                        context.span_in_code(mention.span, *party.path),
                        related=related((context.span(*party.path), f"{party.node} is defined here")),
                        help=("name it in `writes=` of the job if it is a result of the run, or leave it out",),
                    )


def _all_readers_are_known(graph: WorkflowGraph, parties: list[Party]) -> bool:
    jobs = {node for node in graph.nodes if node.type == "JOB"}
    return jobs == {party.node for party in parties if party.contract.has_all_reads}
