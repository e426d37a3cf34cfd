"""CN018 `watched-failure-of-retried-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.numbers import is_above
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class WatchedFailureOfRetriedJob(Rule):
    """A trigger waits for the failure of a job that has retries.

    ## What it does

    Reports triggers that watch FAILED of a job with `max_retries`.
    It is asked only where a project gives it a level:
    `watched-failure-of-retried-job = "info"` under `[tool.gluedsl.rules]`.

    ## Why is this bad

    AWS does not say whether such a trigger fires after the first failed attempt or after the last.
    gluedsl runs it, here, after the last. What must not run twice should not hang on it.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(max_retries=2)
    def load(run): ...


    @sales.python_shell_job(after=load.failed)
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.failed)
    def publish(run): ...
    ```
    """

    code = "CN018"
    name = "watched-failure-of-retried-job"
    kind = Kind.LINT
    severity = Severity.INFO
    is_opt_in = True
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each watched failure that more than one attempt can have."""
        jobs = {job.name: (path, job) for path, job in walk.jobs(context.project)}
        for path, _, trigger in walk.triggers(context.project):
            for place, condition in walk.conditions(path, trigger):
                if condition.job_name in jobs and condition.state == "FAILED":
                    job_path, job = jobs[condition.job_name]
                    if is_above(job.max_retries, 0):
                        yield self.finding(
                            f"trigger `{trigger.name}` waits for job `{job.name}` to fail, and the job is retried: "
                            "AWS does not say which attempt counts",
                            context.span(*place),
                            related=related((context.span(*job_path, "max_retries"), "retried here")),
                        )
