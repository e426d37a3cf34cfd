"""AC007 `reserved-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

RESERVED = ("--debug", "--mode", "--JOB_NAME", "--endpoint")


class ReservedArgument(Rule):
    """A trigger sets an argument that Glue keeps for itself.

    ## What it does

    Reports `--debug`, `--mode`, `--JOB_NAME` and `--endpoint` among the arguments of an action.

    ## Why is this bad

    Glue sets these itself when it starts a job, and says of each: internal, do not set.
    A job that is given one may fail.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job
    def publish(run): ...


    sales.add(Trigger("sales-after-load", when=load, start=[publish.with_arguments({"--mode": "full"})]))
    ```

    ## Use instead

    ```python
    from gluedsl import Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job
    def publish(run): ...


    sales.add(Trigger("sales-after-load", when=load, start=[publish.with_arguments({"--publish-mode": "full"})]))
    ```
    """

    code = "AC007"
    name = "reserved-argument"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each reserved argument of an action."""
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                for key in action.arguments:
                    if action.job_name and key in RESERVED:
                        yield self.finding(
                            f"trigger `{trigger.name}` gives job `{action.job_name}` argument `{key}`, "
                            f"which Glue keeps for itself",
                            context.span(*place, "arguments", key),
                            help=("give the argument another name",),
                        )
