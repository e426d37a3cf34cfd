"""JB022 `misplaced-ray-settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.fitting import OF_RAY, WORKER_TYPES, fitting_worker_types
from gluedsl.rules.jobs.kinds import SPARK, shown
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OTHER = frozenset(WORKER_TYPES) - {OF_RAY}


class MisplacedRaySettings(Rule):
    """A Ray job lacks what makes one, or another job has its workers.

    ## What it does

    Reports worker type Z.2X on other jobs than Ray's,
    and Ray jobs of other workers, of a Glue before 4.0, or without a runtime.

    ## Why is this bad

    Ray runs on workers of type Z.2X, and on nothing else.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.ray_job(glue_version="3.0")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.ray_job(glue_version="4.0")
    def load(run): ...
    ```
    """

    code = "JB022"
    name = "misplaced-ray-settings"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job whose kind and workers do not fit, and each Ray job that lacks something."""
        for path, job in walk.jobs(context.project):
            if job.worker_type == "Z.2X" and job.kind in SPARK:
                yield self.finding(
                    f"{shown(job)} has worker type `Z.2X`, which is for Ray jobs",
                    context.span(*path, "worker_type"),
                    help=(f"write {choices(fitting_worker_types(job))}",),
                )
            if job.kind != "glueray":
                continue
            if job.worker_type in OTHER:
                yield self.finding(
                    f"{shown(job)} has worker type `{job.worker_type}`, and Ray jobs run on `Z.2X`",
                    context.span(*path, "worker_type"),
                    help=("write `Z.2X`",),
                )
            if job.glue_version == "3.0":
                yield self.finding(
                    f"{shown(job)} has Glue version 3.0, and Ray runs on 4.0 and later",
                    context.span(*path, "glue_version"),
                    help=("write `4.0`",),
                )
            if not job.runtime:
                yield self.finding(
                    f"{shown(job)} has no runtime", context.span(*path), help=("give `runtime`, for example `Ray2.4`",)
                )
