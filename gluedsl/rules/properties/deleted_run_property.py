"""RP006 `deleted-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class DeletedRunProperty(Rule):
    """A job deletes a run property, which stays.

    ## What it does

    Tells of code that deletes a run property: from `run.properties`, where it fails, which is a warning,
    or from a copy that is put back, where nothing happens.

    ## Why is this bad

    Glue has no operation that deletes a run property: a put adds properties and changes them.
    The next job still reads the old value.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"failed_areas": "north"}, role="GlueJobRole")


    @sales.python_shell_job
    def repair(run):
        del run.properties["failed_areas"]
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"failed_areas": "north"}, role="GlueJobRole")


    @sales.python_shell_job
    def repair(run):
        run.properties["failed_areas"] = ""
    ```
    """

    code = "RP006"
    name = "deleted-run-property"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each deletion."""
        for path, job in walk.jobs(context.project):
            for deletion in context.contract(job).deletions:
                what = f"run property `{deletion.name}`" if deletion.name else "run properties"
                follows = "which fails" if deletion.is_refused else "and it stays"
                yield self.finding(
                    f"job `{job.name}` deletes {what}, {follows}",
                    context.span_in_code(deletion.span, *path),
                    related=related((context.span(*path), f"job `{job.name}` is defined here")),
                    notes=("Glue has no operation that deletes a run property",),
                    help=("write a value that says that there is none, such as an empty string",),
                    severity=Severity.WARNING if deletion.is_refused else None,
                )
