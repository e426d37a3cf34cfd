"""JB015 `invalid-python-shell-size`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

CAPACITIES = (0.0625, 1)


class InvalidPythonShellSize(Rule):
    """A Python shell job has a size that it cannot have.

    ## What it does

    Reports Python shell jobs with another capacity than 0.0625 or 1 DPU, or with workers.

    ## Why is this bad

    A Python shell job runs on one machine: a sixteenth of a DPU, or a whole one.
    To workers Glue answers "Worker Type is not supported for Job Command pythonshell".

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_capacity=2)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_capacity=1)
    def load(run): ...
    ```
    """

    code = "JB015"
    name = "invalid-python-shell-size"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://github.com/cloudposse/terraform-aws-glue/issues/42"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each Python shell job of an impossible capacity, and each with workers."""
        for path, job in walk.jobs(context.project):
            if job.kind != "pythonshell":
                continue
            if job.max_capacity is not None and job.max_capacity not in CAPACITIES:
                yield self.finding(
                    f"Python shell job `{job.name}` has a capacity of {counted(job.max_capacity, 'DPU')}, "
                    f"and Glue allows 0.0625 or 1",
                    context.span(*path, "max_capacity"),
                    help=("what needs more is a Spark job",),
                )
            if job.worker_type is not None or job.workers is not None:
                field = "worker_type" if job.worker_type is not None else "workers"
                capacity = context.words.field(JOB, "max_capacity")
                given = f"worker type `{job.worker_type}`" if job.worker_type else counted(job.workers or 0, "worker")
                yield self.finding(
                    f"Python shell job `{job.name}` has {given}, and runs on no workers",
                    context.span(*path, field),
                    help=(f"leave worker type and number of workers out; {capacity} is 0.0625 or 1",),
                )
