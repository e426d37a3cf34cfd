"""RP002 `unencoded-run-property`."""

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


class UnencodedRunProperty(Rule):
    """A job writes to a run property what is no string.

    ## What it does

    Reports values that code gives to a run property and that are certainly no strings:
    numbers, lists, dicts, None. Typed run properties of a `RunProperties` class encode what they are given.

    ## Why is this bad

    Glue stores strings. boto3 refuses anything else, and the job fails.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["areas"])
    def load(run):
        run.properties["areas"] = ["north", "south"]
    ```

    ## Use instead

    ```python
    import json

    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(writes=["areas"])
    def load(run):
        run.properties["areas"] = json.dumps(["north", "south"])
    ```
    """

    code = "RP002"
    name = "unencoded-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_PutWorkflowRunProperties.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each value that Glue cannot store."""
        for path, job in walk.jobs(context.project):
            for mention in context.contract(job).unencoded:
                yield self.finding(
                    f"job `{job.name}` writes to run property `{mention.name}` what is no string",
                    context.span_in_code(mention.span, *path),
                    related=related((context.span(*path), f"job `{job.name}` is defined here")),
                    help=("give it `str(...)` or `json.dumps(...)` of the value, and decode it where it is read",),
                )
