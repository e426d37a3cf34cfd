"""TG001 `invalid-tag`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Project
    from gluedsl.rules.rule import Context

PREFIX = "aws:"


def _tagged(project: Project) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    for path, workflow in walk.workflows(project):
        yield path, f"workflow `{workflow.name}`", workflow.tags
    for path, _, trigger in walk.triggers(project):
        yield path, f"trigger `{trigger.name}`", trigger.tags
    for path, job in walk.jobs(project):
        yield path, f"job `{job.name}`", job.tags
    for path, crawler in walk.crawlers(project):
        yield path, f"crawler `{crawler.name}`", crawler.tags


class InvalidTag(ApiRule):
    """A tag is none that AWS takes.

    ## What it does

    Reports more than 50 tags on one thing, keys that are empty or longer than 128 bytes, values longer than 256 bytes,
    and keys that begin with `aws:`.

    ## Why is this bad

    AWS refuses the thing with its tags. Keys that begin with `aws:` are AWS's own.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(tags={"aws:team": "sales"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(tags={"team": "sales"})
    def load(run): ...
    ```
    """

    code = "TG001"
    name = "invalid-tag"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each tag that cannot be."""
        yield from super().check(context)
        for path, owner, tags in _tagged(context.project):
            for key in tags:
                if key.lower().startswith(PREFIX):
                    yield self.finding(
                        f"tag `{key}` of {owner} begins with `{PREFIX}`, which AWS keeps for itself",
                        context.span(*path, "tags", key),
                        help=("give the tag another key",),
                    )
