"""GR015 `bookmarks-of-concurrent-job`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OPTION = "--job-bookmark-option"


class BookmarksOfConcurrentJob(Rule):
    """A job with bookmarks may run several times at once.

    ## What it does

    Reports jobs that keep bookmarks and allow more than one run at a time.

    ## Why is this bad

    A bookmark is the place in the data that the last run came to. Two runs at once overwrite each other's,
    so that data is read twice, or not at all.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(bookmarks="enable", max_concurrent_runs=2)
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(bookmarks="enable", max_concurrent_runs=1)
    def load(run): ...
    ```
    """

    code = "GR015"
    name = "bookmarks-of-concurrent-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job whose runs share a bookmark."""
        for path, job in walk.jobs(context.project):
            given = {**job.default_arguments, **job.non_overridable_arguments}
            allowed = job.max_concurrent_runs
            if allowed and allowed > 1 and given.get(OPTION) == "job-bookmark-enable" and job.kind == "glueetl":
                yield self.finding(
                    f"job `{job.name}` keeps a bookmark, and allows {allowed} runs at once",
                    context.span(*path, "max_concurrent_runs"),
                    help=("allow one run at a time, or leave the bookmarks out",),
                )
