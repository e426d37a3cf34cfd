"""AR015 `run-property-as-option`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.passing import run_properties_of, unpassed
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class RunPropertyAsOption(Rule):
    """The code of a job asks for a run property as if it were an argument.

    ## What it does

    Reports names that a script asks of `getResolvedOptions`, and that a function job looks up in `run.arguments`,
    where a run property of the workflow has that name and no argument of the job does.

    ## Why is this bad

    Run properties are not passed as arguments: the job fails for want of the argument.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"env": "prod"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print(run.arguments["env"])
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"env": "prod"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print(run.properties["env"])
    ```
    """

    code = "AR015"
    name = "run-property-as-option"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/workflow-run-properties-code.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each such name once for each job."""
        for one in unpassed(context):
            if len(one.without) == len(one.starts) and one.option.name in run_properties_of(context, one.job):
                yield self.finding(
                    f"job `{one.job.name}` asks for argument `{one.option.name}`, "
                    f"which is a run property and no argument",
                    context.span_in_code(one.option.span, *one.path),
                    related=related((context.span(*one.path), f"job `{one.job.name}` is defined here")),
                    help=("read it from `run.properties`, or in a script with `get_workflow_run_properties`",),
                )
