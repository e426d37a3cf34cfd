"""TL013 `typed-properties-as-dict`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import class_and_job, properties_class
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.contract import Refusal
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import PropertiesClass
    from gluedsl.rules.rule import Context


class TypedPropertiesAsDict(Rule):
    """A function job takes typed run properties for a dict.

    ## What it does

    Reports `run.properties["rows"]`, `"rows" in run.properties`, `run.properties.get("rows")`, loops over
    `run.properties`, and other methods of a dict, in jobs whose workflow has a `RunProperties` class.
    It is the class of the workflow whose decorator made the job, whichever workflow starts it.

    ## Why is this bad

    The job fails with `TypeError` or `AttributeError` when it comes there. An instance of such a class has its
    properties as attributes; only run properties without a class are a dict.

    ## Example

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        orders_rows: int = 0


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        run.properties["orders_rows"] = 42
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

    code = "TL013"
    name = "typed-properties-as-dict"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each property that is looked up or written so, and one more for what names none."""
        for path, job in walk.jobs(context.project):
            if (of := properties_class(job)) is None:
                continue
            for one in context.contract(job).refusals:
                if one.is_item:
                    what = f"{'writes' if one.is_write else 'reads'} run property `{one.name}`"
                    yield self.finding(
                        f"job `{job.name}` {what if one.name else 'uses run properties'} as if `{of.name}` were a dict",
                        context.span_in_code(one.span, *path),
                        related=related(*class_and_job(context, path, job, of)),
                        help=_advice(one, of),
                    )


def _advice(refusal: Refusal, of: PropertiesClass) -> tuple[str, ...]:
    if refusal.name in of.declared:
        return (f"name it as an attribute: `.{refusal.name}`",)
    if refusal.name:
        meant = did_you_mean(f".{refusal.name}", [f".{name}" for name in of.declared])
        return meant or (f"declare it in `{of.name}`, and name it as an attribute",)
    return ("name each property as an attribute",)
