"""JB010 `impossible-automatic-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.kinds import shown
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ImpossibleAutomaticVersion(Rule):
    """A job is to be upgraded by Glue, and cannot be.

    ## What it does

    Reports version `auto` on jobs of other kinds than Spark, and on jobs without retries.

    ## Why is this bad

    Glue upgrades Spark jobs only. When a run on the new version fails, it retries it on the old one:
    so that it asks for one retry at least.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="auto")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="auto", max_retries=1)
    def load(run): ...
    ```
    """

    code = "JB010"
    name = "impossible-automatic-version"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/auto-version-upgrades.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job that Glue cannot upgrade."""
        for path, job in walk.jobs(context.project):
            if job.glue_version != "auto" or job.kind == "pythonshell":
                continue
            if job.kind != "glueetl":
                yield self.finding(
                    f"{shown(job)} has Glue version `auto`, which is for Spark jobs",
                    context.span(*path, "glue_version"),
                    help=("give the version, for example `5.0`",),
                )
            elif not job.max_retries:
                yield self.finding(
                    f"{shown(job)} has Glue version `auto`, which asks for retries, and has none",
                    context.span(*path, "glue_version"),
                    help=(f"give {context.words.field(JOB, 'max_retries', 1)}",),
                )
