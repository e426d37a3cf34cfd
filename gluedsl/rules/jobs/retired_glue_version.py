"""JB008 `retired-glue-version`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.jobs.fitting import VERSIONS, fitting_versions
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

RETIRED = ("0.9", "1.0", "2.0")
_FORM = re.compile(r"(\w+\.)+\w+")
"""What is of another form is JB007's."""


class RetiredGlueVersion(Rule):
    """A job has a version of Glue that has ended.

    ## What it does

    Reports versions 0.9, 1.0 and 2.0 as errors, and versions that gluedsl does not know as doubtful.

    ## Why is this bad

    Since April 2026 jobs of these versions can be neither created nor started.
    What only they could do, such as a capacity in DPUs for Spark, has ended with them.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="2.0")
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(glue_version="5.0")
    def load(run): ...
    ```
    """

    code = "JB008"
    name = "retired-glue-version"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/glue-version-support-policy.html"
    also = (
        "JB016",
        "JB020",
    )

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each version that has ended, or that nobody knows; Python shell jobs have none (JB037)."""
        for path, job in walk.jobs(context.project):
            version = job.glue_version
            if version is None or version in (*VERSIONS, "auto") or job.kind == "pythonshell":
                continue
            place = context.span(*path, "glue_version")
            live = f"write {choices(fitting_versions(job))}"
            if version in RETIRED:
                yield self.finding(f"job `{job.name}` has Glue version {version}, which has ended", place, help=(live,))
            elif _FORM.fullmatch(version):
                yield self.finding(
                    f"job `{job.name}` has Glue version {version}, which gluedsl does not know",
                    place,
                    help=(live,),
                    severity=Severity.WARNING,
                )
