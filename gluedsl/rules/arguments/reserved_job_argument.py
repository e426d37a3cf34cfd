"""AR002 `reserved-job-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.actions.reserved_argument import RESERVED
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class ReservedJobArgument(Rule):
    """A job has an argument that Glue keeps for itself.

    ## What it does

    Reports `--debug`, `--mode`, `--JOB_NAME` and `--endpoint` among a job's own arguments.

    ## Why is this bad

    Glue sets these itself when it starts a job, and says of each: internal, do not set.
    A job that is given one may fail.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--mode": "full"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--load-mode": "full"})
    def load(run): ...
    ```
    """

    code = "AR002"
    name = "reserved-job-argument"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each reserved argument of a job; those of actions are AC007's."""
        for one in context.given:
            for key in one.arguments:
                if one.is_own and key in RESERVED:
                    yield self.finding(
                        f"{one.owner} has argument `{key}`, which Glue keeps for itself",
                        context.span(*one.path, key),
                        help=("give the argument another name",),
                    )
