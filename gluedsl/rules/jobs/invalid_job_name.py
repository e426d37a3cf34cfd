"""JB001 `invalid-job-name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.duplicates import derives_from_repeated_workflow, repeated
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class InvalidJobName(ApiRule):
    """Two jobs have the same name, or a job has a name that Glue does not take.

    ## What it does

    Reports each job whose name an earlier job of the project already has,
    and names that are empty, longer than 255 bytes, or not of one line of text.

    ## Why is this bad

    A job's name is unique in an AWS account and region: Glue refuses the second with `AlreadyExistsException`.
    One job can serve several workflows; add the same object to each.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")
    orders.add(PythonShellJob("load", script="s3://scripts/orders.py"))
    customers.add(PythonShellJob("load", script="s3://scripts/customers.py"))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    orders = Workflow("orders", role="GlueJobRole")
    customers = Workflow("customers", role="GlueJobRole")
    orders.add(PythonShellJob("orders-load", script="s3://scripts/orders.py"))
    customers.add(PythonShellJob("customers-load", script="s3://scripts/customers.py"))
    ```
    """

    code = "JB001"
    name = "invalid-job-name"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job whose name is taken, and each that cannot have its name."""
        yield from super().check(context)
        for first, path, name in repeated((path, job.name) for path, job in walk.jobs(context.project)):
            if derives_from_repeated_workflow(name, context.project):
                continue
            yield self.finding(
                f"job `{name}` is defined twice",
                context.span(*path, "name"),
                related=related((context.span(*first, "name"), "first defined here")),
                help=("give one of the two another name, or add one job to both places",),
            )
