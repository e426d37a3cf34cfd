"""JB038 `bookmarks-of-streaming-job`."""

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


class BookmarksOfStreamingJob(Rule):
    """A streaming job has bookmarks.

    ## What it does

    Reports bookmarks of streaming jobs.

    ## Why is this bad

    A streaming job keeps its place in the stream by checkpoints. Glue has no bookmarks for it.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job(arguments={"--job-bookmark-option": "job-bookmark-enable"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.streaming_job
    def load(run): ...
    ```
    """

    code = "JB038"
    name = "bookmarks-of-streaming-job"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each streaming job with bookmarks."""
        for path, job in walk.jobs(context.project):
            for field in ("default_arguments", "non_overridable_arguments"):
                option = getattr(job, field).get(OPTION)
                if job.kind == "gluestreaming" and option in ("job-bookmark-enable", "job-bookmark-pause"):
                    yield self.finding(
                        f"streaming job `{job.name}` has bookmarks, which Glue does not keep for it",
                        context.span(*path, field, OPTION),
                        help=("leave them out",),
                    )
