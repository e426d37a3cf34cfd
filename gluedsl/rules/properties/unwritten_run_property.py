"""RP003 `unwritten-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import upstream
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import given_at_start, traffic
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic, Related
    from gluedsl.graph import Node, WorkflowGraph
    from gluedsl.rules.properties.traffic import Party
    from gluedsl.rules.rule import Context


def _writes(context: Context, key: str, writers: list[Party]) -> tuple[Related, ...]:
    return related(
        *((one.place_of_write(context, key), f"{one.node} writes it, on another branch or later") for one in writers)
    )


def _declared(reader: Party) -> Iterator[str]:
    """Yield the properties that a job declares to read, but for those that its code does not need."""
    for key in reader.job.property_reads:
        mention = reader.reads_in_code.get(key)
        if reader.contract.has_all_reads and (mention is None or not mention.is_needed):
            continue
        yield key


def _undeclared(reader: Party) -> Iterator[str]:
    """Yield the properties that the code of a job cannot do without."""
    for key, mention in reader.reads_in_code.items():
        if mention.is_sure and mention.is_needed and key not in reader.job.property_reads:
            yield key


def _writes_before_it_reads(reader: Party, key: str) -> bool:
    written, read = reader.writes_in_code.get(key), reader.reads_in_code.get(key)
    return (
        written is not None and read is not None and (written.span.file != read.span.file or written.span < read.span)
    )


def _all_tell(before: Collection[Node], by_node: Mapping[Node, Party]) -> bool:
    """Whether of all jobs among these nodes it is known what they write."""
    return all(node.type != "JOB" or (node in by_node and by_node[node].tells_all_writes) for node in before)


class UnwrittenRunProperty(Rule):
    """A job reads a run property that nothing before it writes.

    ## What it does

    Reports run properties that a job reads, by its `reads=` or by its code, that have no default in the workflow
    and that no job upstream of it writes, by its `writes=` or by its code.
    What code reads with `.get(...)` it can do without.

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
        for graph, parties in traffic(context):
            given = given_at_start(graph.workflow)
            for reader in parties:
                declared = [key for key in _declared(reader) if key not in given]
                undeclared = [key for key in _undeclared(reader) if key not in given]
                if not declared and not undeclared:
                    continue
                before = upstream(graph, reader.node)
                if not _all_tell(before - {reader.node}, {one.node: one for one in parties}):
                    undeclared = []
                for key in (*declared, *undeclared):
                    writers = [one for one in parties if key in one.claims]
                    if _writes_before_it_reads(reader, key) or any(one.node in before for one in writers):
                        continue
                    yield self._unwritten(context, graph, reader, key, parties)

    def _unwritten(
        self, context: Context, graph: WorkflowGraph, reader: Party, key: str, parties: list[Party]
    ) -> Diagnostic:
        writers = [one for one in parties if key in one.claims]
        known = given_at_start(graph.workflow).union(*(one.claims for one in parties))
        mention = reader.reads_in_code.get(key)
        in_code = context.span_in_code(mention.span, *reader.path) if mention else None
        if key in reader.job.property_reads:
            span = context.span(*reader.path, "property_reads", reader.job.property_reads.index(key))
            other = (in_code, "read here")
        else:
            span, other = in_code, (context.span(*reader.path), f"{reader.node} is defined here")
        return self.finding(
            f"{reader.node} reads run property `{key}`, "
            f"which nothing before it in workflow `{graph.workflow.name}` writes",
            span,
            related=(*related(other), *_writes(context, key, [one for one in writers if one.node != reader.node])),
            help=(
                *(() if writers else did_you_mean(key, sorted(known))),
                "give it a default, or let the job wait for one that writes it",
            ),
        )
