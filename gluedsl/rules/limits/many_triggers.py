"""QT002 `many-triggers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

LIMIT = 1_000


class ManyTriggers(Rule):
    """A project has more triggers than an account may have.

    ## What it does

    Reports, as an information, projects of more than 1,000 triggers.

    ## Why is this bad

    1,000 triggers in an account and region is Glue's quota, all projects together. Beyond, Glue refuses them.
    AWS raises quotas on request: what is meant to be so large asks for more before it is deployed.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    flows = [Workflow(f"sales-{shop}", role="GlueJobRole") for shop in range(501)]
    load = PythonShellJob("load", script="s3://scripts/load.py")
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    for flow in flows:
        flow.add(load)
        flow.add(publish, after=load)
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    flows = [Workflow(f"sales-{shop}", role="GlueJobRole") for shop in range(10)]
    load = PythonShellJob("load", script="s3://scripts/load.py")
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    for flow in flows:
        flow.add(load)
        flow.add(publish, after=load)
    ```
    """

    code = "QT002"
    name = "many-triggers"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/general/latest/gr/glue.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield one finding if there are too many; that each workflow of too many has one follows from QT001."""
        places = [path for path, *_ in walk.triggers(context.project)]
        if len(places) > LIMIT >= len(context.project.workflows):
            yield self.finding(
                f"the project has {len(places):,} triggers, and Glue allows an account {LIMIT:,}",
                context.span(*places[LIMIT]),
                label="one too many",
                notes=("the limit is a quota that AWS can raise for an account",),
            )
