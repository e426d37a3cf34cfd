"""TR030 `names-differing-in-case`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context


class NamesDifferingInCase(Rule):
    """Two names differ only in their case.

    ## What it does

    Reports, as an information, triggers, jobs and crawlers whose names are equal but for upper and lower case.

    ## Why is this bad

    Glue tells them apart, and people do not.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    again = sales.add(PythonShellJob("Load", script="s3://scripts/again.py"), after=load)
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    again = sales.add(PythonShellJob("load-again", script="s3://scripts/again.py"), after=load)
    ```
    """

    code = "TR030"
    name = "names-differing-in-case"
    kind = Kind.LINT
    severity = Severity.INFO
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each name that an earlier one resembles in all but its case."""
        project = context.project
        named = {
            "trigger": [(path, trigger.name) for path, _, trigger in walk.triggers(project)],
            "job": [(path, job.name) for path, job in walk.jobs(project)],
            "crawler": [(path, crawler.name) for path, crawler in walk.crawlers(project)],
        }
        for kind, places in named.items():
            first: dict[str, tuple[Path, str]] = {}
            for path, name in places:
                earlier, other = first.setdefault(name.casefold(), (path, name))
                if other != name:
                    yield self.finding(
                        f"{kind} `{name}` differs from {kind} `{other}` only in its case",
                        context.span(*path, "name"),
                        related=related((context.span(*earlier, "name"), "the other is here")),
                        help=("give one of the two another name",),
                    )
