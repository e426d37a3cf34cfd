"""TR017 `too-many-jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMIT = 50


class TooManyJobs(Rule):
    """A trigger starts more than fifty jobs.

    ## What it does

    Reports triggers with fifty-one jobs or more.

    ## Why is this bad

    Fifty jobs in one trigger is Glue's quota. AWS can raise it for an account; gluedsl keeps to what every account has.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow, on_demand

    sales = Workflow("sales", role="GlueJobRole")
    loads = [PythonShellJob(f"load-{shop}", script="s3://scripts/load.py") for shop in range(51)]
    sales.add(Trigger("sales-start", when=on_demand(), start=loads))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    loads = [PythonShellJob(f"load-{shop}", script="s3://scripts/load.py") for shop in range(51)]
    for load in loads[:50]:
        sales.add(load)
    for load in loads[50:]:
        sales.add(load, after=loads[0])
    ```
    """

    code = "TR017"
    name = "too-many-jobs"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/general/latest/gr/glue.html"
    also = ("QT004",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger with one job too many, at the first that is too many."""
        for path, _, trigger in walk.triggers(context.project):
            places = [place for place, action in walk.actions(path, trigger) if action.job_name]
            if len(places) > LIMIT:
                yield self.finding(
                    f"trigger `{trigger.name}` starts {len(places)} jobs, and Glue allows {LIMIT}",
                    context.span(*places[LIMIT]),
                    label="one too many",
                    notes=("the limit is a quota that AWS can raise for an account",),
                    help=("let some of the jobs wait for others",),
                )
