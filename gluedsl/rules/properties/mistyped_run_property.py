"""TL022 `mistyped-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import class_and_job, properties_class
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class MistypedRunProperty(Rule):
    """A function job gives a run property a value of another type than its `RunProperties` class declares.

    ## What it does

    Reports values that are written out where they are given, numbers, texts, `True`, `None`, lists and the like, and
    are not of the type that the class annotates. A property of type `float` takes whole numbers as well.
    What has to be worked out first is for a type checker to tell, where the job is `def load(run: JobRun[Sales])`.

    ## Why is this bad

    The job fails with `TypeError` when it comes there: the class encodes values for Glue, which stores strings,
    and takes none that would be read back as something else.

    ## Example

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties.orders_rows = "many"
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

    code = "TL022"
    name = "mistyped-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each value at its place in the code; what it is may be a secret, and is not said."""
        for path, job in walk.jobs(context.project):
            if (of := properties_class(job)) is None:
                continue
            for one in context.contract(job).mistypings:
                yield self.finding(
                    f"job `{job.name}` gives run property `{one.name}` a value of type `{one.given}`, "
                    f"and `{of.name}` declares it as `{one.declared}`",
                    context.span_in_code(one.span, *path),
                    related=related(*class_and_job(context, path, job, of)),
                    help=("give it a value of that type, or declare another in the class",),
                )
