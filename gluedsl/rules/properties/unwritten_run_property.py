"""RP003 `unwritten-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.algorithms import Upstream
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import given_at_start, outside_of_class, traffic
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic, Related
    from gluedsl.graph import WorkflowGraph
    from gluedsl.rules.properties.traffic import Party
    from gluedsl.rules.rule import Context

_GLUES = "names that begin with `aws:` are Glue's own, and it gives `aws:eventIds` to runs that events start"


def _writes(context: Context, key: str, writers: list[Party]) -> tuple[Related, ...]:
    return related(
        *((one.place_of_write(context, key), f"{one.node} writes it, on another branch or later") for one in writers)
    )


def _declared(reader: Party) -> Iterator[str]:
    """Yield the properties that a job declares to read, but for those that its code does not need, or cannot have."""
    outside = outside_of_class(reader.job, reader.contract)
    for key in reader.job.property_reads:
        if key in outside:
            continue
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


def _silent(graph: WorkflowGraph, parties: list[Party], upstream: Upstream) -> int:
    """Return the jobs of which it is not known what they write."""
    told = {party.node for party in parties if party.tells_all_writes}
    return upstream.set_of(node for node in graph.nodes if node.type == "JOB" and node not in told)


def _writers(parties: list[Party]) -> dict[str, list[Party]]:
    """Return the jobs that write a property, or declare that they do, by property."""
    writers: dict[str, list[Party]] = {}
    for party in parties:
        for key in party.claims:
            writers.setdefault(key, []).append(party)
    return writers


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
        for graph, parties in context.once(traffic, context):
            given = given_at_start(graph.workflow)
            asking = [(reader, set(_declared(reader)) - given, set(_undeclared(reader)) - given) for reader in parties]
            if not any(declared or undeclared for _, declared, undeclared in asking):
                continue
            upstream = Upstream.of(graph)
            silent = _silent(graph, parties, upstream)
            writers = _writers(parties)
            for reader, declared, undeclared in asking:
                before = upstream.by_node[reader.node]
                is_guess = bool(before & silent & ~upstream.bits[reader.node])
                for key in sorted(declared if is_guess else declared | undeclared):
                    of_key = writers.get(key, [])
                    if _writes_before_it_reads(reader, key) or before & upstream.set_of(one.node for one in of_key):
                        continue
                    yield self._unwritten(context, graph, reader, key, writers)

    def _unwritten(
        self, context: Context, graph: WorkflowGraph, reader: Party, key: str, by_key: Mapping[str, list[Party]]
    ) -> Diagnostic:
        writers = by_key.get(key, [])
        known = given_at_start(graph.workflow) | by_key.keys()
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
                _GLUES if key.startswith("aws:") else "give it a default, or let the job wait for one that writes it",
            ),
        )
