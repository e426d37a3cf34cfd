"""TL012 `undeclared-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import class_and_job, outside_of_class, properties_class
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job, Path, PropertiesClass
    from gluedsl.rules.rule import Context

_FIELDS = (("property_reads", "reads"), ("property_writes", "writes"))


class UndeclaredRunProperty(Rule):
    """A function job names a run property that its `RunProperties` class does not declare.

    ## What it does

    Reports names that the code of a function job reads or writes at `run.properties`, or that its `reads=` and
    `writes=` hold, and that the class does not declare. It is the class of the workflow whose decorator made the job,
    whichever workflow starts it. A name that the code looks for with `hasattr(...)`, or reads with
    `getattr(..., default)`, it can do without.

    ## Why is this bad

    The job fails with `AttributeError` when it comes there: a class keeps misspelt names from being written.

    ## Example

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties.order_rows = 42
    ```

    ## Use instead

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties.orders_rows = 42
    ```
    """

    code = "TL012"
    name = "undeclared-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each name at its place in the code, or else where the job declares it."""
        for path, job in walk.jobs(context.project):
            of = properties_class(job)
            if of is not None:
                yield from self._job(context, path, job, of)

    def _job(self, context: Context, path: Path, job: Job, of: PropertiesClass) -> Iterator[Diagnostic]:
        contract = context.contract(job)
        outside = outside_of_class(job, contract)
        said = {
            key: (context.span(*path, field, index), f"says that it {verb}")
            for field, verb in _FIELDS
            for index, key in enumerate(getattr(job, field))
            if key in outside
        }
        refused = {
            one.name: (context.span_in_code(one.span, *path), "writes" if one.is_write else "reads")
            for one in contract.refusals
            if not one.is_item
        }
        for key, (span, does) in (said | refused).items():
            in_flow = [(said[key][0], "and named here")] if key in said and key in refused else []
            yield self.finding(
                f"job `{job.name}` {does} run property `{key}`, which `{of.name}` does not declare",
                span,
                related=related(*in_flow, *class_and_job(context, path, job, of)),
                help=did_you_mean(key, of.declared) or (f"declare it in `{of.name}`, or leave it out",),
            )
