"""RP008 `reserved-run-property`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.properties.traffic import written
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span

PREFIX = "aws:"


class ReservedRunProperty(Rule):
    """A run property has a name that is Glue's own.

    ## What it does

    Reports default run properties, and properties that jobs write, whose names begin with `aws:`.

    ## Why is this bad

    Glue writes properties of such names itself: `aws:eventIds` holds the events that started a run.
    What it does with one that was there before, it does not say.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"aws:region": "eu-west-1"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"region": "eu-west-1"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "RP008"
    name = "reserved-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html"
    also = ("EV007",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each default and each write of such a name."""
        for path, workflow in walk.workflows(context.project):
            for key in workflow.default_run_properties:
                if key.startswith(PREFIX):
                    span = context.span(*path, "default_run_properties", key)
                    yield self._reserved(f"workflow `{workflow.name}` has", key, span)
        for path, job in walk.jobs(context.project):
            for key, span in written(context, path, job).items():
                if key.startswith(PREFIX):
                    yield self._reserved(f"job `{job.name}` writes", key, span)

    def _reserved(self, who: str, key: str, span: Span | None) -> Diagnostic:
        return self.finding(
            f"{who} run property `{key}`, and names that begin with `{PREFIX}` are Glue's own",
            span,
            help=("give it another name",),
        )
