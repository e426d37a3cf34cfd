"""TL011 `unkept-property-declaration`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.properties.traffic import given_at_start, meant, outside_of_class, traffic, unkept_writes
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context


class UnkeptPropertyDeclaration(Rule):
    """A job declares a run property that its code neither reads nor writes.

    ## What it does

    Reports properties in `writes=` of a job whose code never writes them, and tells of those in `reads=`
    that the code never reads. Where the code cannot be followed to its end, or has no body yet, nothing is reported.

    ## Why is this bad

    Other findings rest on these declarations: a job that waits for this one to write a property reads nothing.

    ## Example

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0
        customers_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job(writes=[Sales.customers_rows])
    def load(run):
        run.properties.orders_rows = 42
    ```

    ## Use instead

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0
        customers_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job(writes=[Sales.orders_rows])
    def load(run):
        run.properties.orders_rows = 42
    ```
    """

    code = "TL011"
    name = "unkept-property-declaration"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each declaration that the code does not keep."""
        in_vain = _read_in_vain(context)
        for path, job in walk.jobs(context.project):
            contract = context.contract(job)
            for key in unkept_writes(job, contract):
                more = [one.name for one in contract.writes if one.name not in job.property_writes]
                yield self.finding(
                    f"job `{job.name}` declares that it writes run property `{key}`, and its code never does",
                    context.span(*path, "property_writes", job.property_writes.index(key)),
                    help=(*did_you_mean(key, more), "write it, or take it out of `writes=`"),
                )
            if contract.has_all_reads:
                read = {mention.name for mention in contract.reads}
                read |= meant(job, contract) | outside_of_class(job, contract)
                for index, key in enumerate(job.property_reads):
                    if key in read or did_you_mean(key, in_vain.get(path, ())):
                        continue
                    more = [one.name for one in contract.reads if one.name not in job.property_reads]
                    yield self.finding(
                        f"job `{job.name}` declares that it reads run property `{key}`, and its code never does",
                        context.span(*path, "property_reads", index),
                        help=(*did_you_mean(key, more), "read it, or take it out of `reads=`"),
                        severity=Severity.INFO,
                    )


def _read_in_vain(context: Context) -> dict[Path, set[str]]:
    """Return, by job, what its code reads and nothing in its workflow writes: misspelt perhaps, and told (RP003)."""
    found: dict[Path, set[str]] = defaultdict(set)
    for graph, parties in context.once(traffic, context):
        known = given_at_start(graph.workflow).union(*(party.claims for party in parties))
        for party in parties:
            found[party.path].update(party.reads_in_code.keys() - known)
    return found
