"""AR014 `missing-run-id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.passing import starts_of
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.contract import Contract, Mention
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

NAME = "JOB_RUN_ID"


class MissingRunId(Rule):
    """A Python shell job asks for the id of its run, which it is not told.

    ## What it does

    Reports code of Python shell jobs that asks for, or looks up, `JOB_RUN_ID`.

    ## Why is this bad

    Glue tells the id of a job's run to Spark jobs alone. In a Python shell job there is none:
    the lookup fails, or yields None.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print("run", run.arguments["JOB_RUN_ID"])
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run):
        print("run", run.run_id)
    ```
    """

    code = "AR014"
    name = "missing-run-id"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://github.com/boto/boto3/issues/3506"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield the first place in each Python shell job that wants the id."""
        starts = context.once(starts_of, context.project)
        for path, job in walk.jobs(context.project):
            if job.kind != "pythonshell" or any(NAME in one.passed for one in starts.get(job.name, ())):
                continue
            mention = next(_mentions(context.contract(job)), None)
            if mention is not None:
                yield self.finding(
                    f"Python shell job `{job.name}` asks for `{NAME}`, which Glue passes to Spark jobs alone",
                    context.span_in_code(mention.span, *path),
                    related=related((context.span(*path), f"job `{job.name}` is defined here")),
                    help=("use the id of the workflow's run, `WORKFLOW_RUN_ID`, or make it a Spark job",),
                )


def _mentions(contract: Contract) -> Iterator[Mention]:
    asked = (option for request in contract.requests for option in request.options)
    looked_up = (one for one in (*contract.arguments, *contract.lookups) if one.is_needed)
    return (one for one in (*asked, *looked_up) if one.name == NAME)
