"""AC008 `injected-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

INJECTED = ("--WORKFLOW_NAME", "--WORKFLOW_RUN_ID")


class InjectedArgument(Rule):
    """An argument has a name that Glue gives a value itself.

    ## What it does

    Reports `--WORKFLOW_NAME` and `--WORKFLOW_RUN_ID` among the arguments of jobs and triggers.

    ## Why is this bad

    Glue passes both to the jobs of a workflow's run. What is given as well may hide the run that the job belongs to.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--WORKFLOW_NAME": "sales"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--OWNER_NAME": "sales"})
    def load(run): ...
    ```
    """

    code = "AC008"
    name = "injected-argument"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each argument that Glue passes by itself."""
        for one in context.given:
            for key in one.arguments:
                if key in INJECTED:
                    yield self.finding(
                        f"{one.owner} has argument `{key}`, which Glue passes itself in a workflow",
                        context.span(*one.path, key),
                        help=("leave it out, or give the argument another name",),
                    )
