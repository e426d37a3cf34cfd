"""AR004 `twice-given-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class TwiceGivenArgument(Rule):
    """A job's argument has a default and a value that nothing overrides.

    ## What it does

    Reports arguments that stand in both places.

    ## Why is this bad

    What is not overridable wins, so that the default says nothing.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--region": "eu"}, non_overridable_arguments={"--region": "us"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(non_overridable_arguments={"--region": "us"})
    def load(run): ...
    ```
    """

    code = "AR004"
    name = "twice-given-argument"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each default that is never used."""
        for path, job in walk.jobs(context.project):
            for key in job.default_arguments:
                if key in job.non_overridable_arguments:
                    yield self.finding(
                        f"argument `{key}` of job `{job.name}` has a default beside a value that nothing overrides",
                        context.span(*path, "default_arguments", key),
                        related=related((context.span(*path, "non_overridable_arguments", key), "this one is used")),
                        help=("leave the default out",),
                    )
