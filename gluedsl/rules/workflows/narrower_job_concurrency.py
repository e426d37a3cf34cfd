"""WF010 `narrower-job-concurrency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import Node
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job
    from gluedsl.rules.rule import Context


def _is_narrow(job: Job, most: int) -> bool:
    return not job.job_run_queuing_enabled and is_above(most, job.max_concurrent_runs or 1)


class NarrowerJobConcurrency(Rule):
    """A workflow may run more often at once than a job of it.

    ## What it does

    Reports workflows whose `max_concurrent_runs` is above that of a job which they start, 1 unless the job says more.

    ## Why is this bad

    When two runs of the workflow meet in the job, the second run of the job fails
    with `ConcurrentRunsExceededException`, unless its runs queue.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", max_concurrent_runs=3, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", max_concurrent_runs=3, role="GlueJobRole")


    @sales.python_shell_job(max_concurrent_runs=3)
    def load(run): ...
    ```
    """

    code = "WF010"
    name = "narrower-job-concurrency"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Workflow.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each workflow with jobs that its runs can collide in."""
        jobs = {Node("JOB", job.name): (path, job) for path, job in walk.jobs(context.project)}
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            most = workflow.max_concurrent_runs
            if most is None:
                continue
            narrow = [jobs[node] for node in graph.nodes if node in jobs and _is_narrow(jobs[node][1], most)]
            if narrow:
                first_path, first = narrow[0]
                names = listed([f"job `{job.name}`" for _, job in narrow])
                fewer = "allow fewer" if len(narrow) > 1 else f"allows {counted(first.max_concurrent_runs or 1, 'run')}"
                yield self.finding(
                    f"workflow `{workflow.name}` allows {most} runs at once, and {names} {fewer}",
                    context.span(*path, "max_concurrent_runs"),
                    related=related((context.span(*first_path, "max_concurrent_runs"), f"job `{first.name}`")),
                    notes=("where two runs meet in a job, the second run of the job fails",),
                    help=("let the jobs run as often, let their runs queue, or let the workflow run less often",),
                )
