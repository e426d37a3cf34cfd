"""TL005 `unparsable-script`."""

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
    from gluedsl.source.span import Span


class UnparsableScript(Rule):
    """The code of a job is no Python that its workers understand.

    ## What it does

    Reports scripts, and modules of function jobs, with a syntax error in the version of Python that runs them:
    3.9 for Python shell, 3.11 for Spark on Glue 5.0.

    ## Why is this bad

    The job fails before its first line.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        match run.workflow_name:
            case "sales":
                print("loading")
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        if run.workflow_name == "sales":
            print("loading")
    ```
    """

    code = "TL005"
    name = "unparsable-script"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/release-notes.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each syntax error once, however many jobs have the code."""
        told: set[Span] = set()
        for path, job in walk.jobs(context.project):
            found = context.contract(job).unparsable
            if found is None or found.span in told:
                continue
            told.add(found.span)
            version = ".".join(map(str, found.version))
            yield self.finding(
                f"code of job `{job.name}` is not Python {version}: {found.message}",
                context.span_in_code(found.span, *path),
                related=related((context.span(*path), f"job `{job.name}` is defined here")),
            )
