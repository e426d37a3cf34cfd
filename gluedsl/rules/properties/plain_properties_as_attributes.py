"""TL021 `plain-properties-as-attributes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.properties.traffic import properties_class
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class PlainPropertiesAsAttributes(Rule):
    """A function job takes the entries of plain run properties for attributes.

    ## What it does

    Reports `run.properties.rows`, read or written, in jobs whose workflow has no `RunProperties` class: no
    `properties=`, or a dict. It is the workflow whose decorator made the job, whichever workflow starts it.
    A name that the code looks for with `hasattr(...)`, or reads with `getattr(..., default)`, it can do without.

    ## Why is this bad

    The job fails with `AttributeError` when it comes there, also where the run has a property of that name.
    Without a class run properties are a dict; only those of a class are attributes.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"env": "prod"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print(run.properties.env)
    ```

    ## Use instead

    ```python
    from gluedsl import RunProperties, Workflow


    class Sales(RunProperties):
        env: str = "prod"


    sales = Workflow("sales", properties=Sales, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print(run.properties.env)
    ```
    """

    code = "TL021"
    name = "plain-properties-as-attributes"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each name at its first place in the code."""
        for path, job in walk.jobs(context.project):
            if properties_class(job) is not None:
                continue
            for one in context.contract(job).refusals:
                yield self.finding(
                    f"job `{job.name}` {'writes' if one.is_write else 'reads'} run property `{one.name}` as an "
                    "attribute, and without a class run properties are a dict",
                    context.span_in_code(one.span, *path),
                    related=related((context.span(*path), f"job `{job.name}` is defined here")),
                    help=(f'write `["{one.name}"]`, or give the workflow a `RunProperties` class that declares it',),
                )
