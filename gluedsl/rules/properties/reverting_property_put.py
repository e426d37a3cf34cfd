"""RP005 `reverting-property-put`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.places import related
from gluedsl.rules.properties.overlap import Overlap
from gluedsl.rules.properties.traffic import traffic
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.contract import WholeMapPut
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.properties.traffic import Party
    from gluedsl.rules.rule import Context


class RevertingPropertyPut(Rule):
    """A job puts back all run properties while another may write one.

    ## What it does

    Reports calls of `put_workflow_run_properties` that are given the whole map that was read before,
    in jobs that can run at the same time as another job that writes a run property.
    Where nothing else can write meanwhile, the same call is fine.

    ## Why is this bad

    Glue changes the properties that it is given, and leaves the others as they are.
    Given all of them, it also sets those that the other job has written meanwhile, back to what they were.

    ## Example

    ```python
    import boto3

    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["orders_rows"])
    def load_orders(run):
        glue, here = boto3.client("glue"), {"Name": run.workflow_name, "RunId": run.run_id}
        properties = glue.get_workflow_run_properties(**here)["RunProperties"]
        properties["orders_rows"] = "42"
        glue.put_workflow_run_properties(**here, RunProperties=properties)


    @sales.python_shell_job(writes=["customers_rows"])
    def load_customers(run):
        run.properties["customers_rows"] = "7"
    ```

    ## Use instead

    ```python
    import boto3

    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["orders_rows"])
    def load_orders(run):
        glue, here = boto3.client("glue"), {"Name": run.workflow_name, "RunId": run.run_id}
        glue.put_workflow_run_properties(**here, RunProperties={"orders_rows": "42"})


    @sales.python_shell_job(writes=["customers_rows"])
    def load_customers(run):
        run.properties["customers_rows"] = "7"
    ```
    """

    code = "RP005"
    name = "reverting-property-put"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each put that can take something back, with the first thing that it can."""
        for graph, parties in context.once(traffic, context):
            putting = [party for party in parties if party.contract.whole_map_puts]
            if not putting:
                continue
            overlap = Overlap.of(graph.workflow, {party.node for party in parties if party.writes})
            for party in putting:
                others = [other for other in parties if overlap.holds(party.node, other.node)]
                for put in party.contract.whole_map_puts:
                    yield from self._put(context, party, put, others)

    def _put(self, context: Context, party: Party, put: WholeMapPut, others: list[Party]) -> Iterator[Diagnostic]:
        for other in others:
            # What both set themselves is contested (RP004).
            key = next((key for key in other.writes if key not in put.keys), None)
            if key is None:
                continue
            changed = ", ".join(f"`{one}`" for one in put.keys)
            yield self.finding(
                f"{party.node} puts back all run properties, and can take back `{key}`, "
                f"which {other.node} writes at the same time",
                context.span_in_code(put.span, *party.path),
                related=related(
                    (other.place_of_write(context, key), f"{other.node} writes `{key}` here"),
                    (context.span(*party.path), f"{party.node} is defined here"),
                ),
                help=(f"put only what the job changes: {changed}" if changed else "put only what the job changes",),
            )
            return
