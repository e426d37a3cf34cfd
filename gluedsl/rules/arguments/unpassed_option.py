"""AR012 `unpassed-option`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.passing import run_properties_of, unpassed
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.arguments.passing import Start, Unpassed
    from gluedsl.rules.rule import Context


class UnpassedOption(Rule):
    """The code of a job asks for an argument that it is not passed.

    ## What it does

    Reports names that a script asks of `getResolvedOptions`, and that a function job looks up in `run.arguments`,
    where neither the job itself nor a trigger that starts it gives an argument of that name.
    What is asked for only in some runs, in a branch or in a `try`, is left alone.

    ## Why is this bad

    `getResolvedOptions` ends the job with `GlueArgumentError: the following arguments are required`.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--table-name": "orders"})
    def load(run):
        print(run.arguments["table_name"])
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--table_name": "orders"})
    def load(run):
        print(run.arguments["table_name"])
    ```
    """

    code = "AR012"
    name = "unpassed-option"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what nobody passes in the code, and what one trigger does not pass at that trigger."""
        for one in unpassed(context):
            if len(one.without) < len(one.starts):
                for start in one.without:
                    yield self._from_trigger(context, one, start)
            elif one.option.name not in run_properties_of(context, one.job):  # of those, AR015 says more
                yield self._from_nobody(context, one)

    def _from_nobody(self, context: Context, one: Unpassed) -> Diagnostic:
        name = one.option.name
        return self.finding(
            f"job `{one.job.name}` asks for argument `{name}`, which nothing passes",
            context.span_in_code(one.option.span, *one.path),
            related=related((context.span(*one.path), f"job `{one.job.name}` is defined here")),
            help=_advice(name, one.starts),
        )

    def _from_trigger(self, context: Context, one: Unpassed, start: Start) -> Diagnostic:
        name = one.option.name
        return self.finding(
            f"trigger `{start.trigger}` starts job `{one.job.name}` without argument `{name}`, which its code asks for",
            context.span(*start.path),
            related=related((context.span_in_code(one.option.span, *one.path), "asked for here")),
            help=(f"pass it in this trigger, too, or give the job a default argument `--{name}`",),
        )


def _advice(name: str, starts: Iterable[Start]) -> tuple[str, ...]:
    if name.startswith("--"):
        return ("name it without dashes: `getResolvedOptions` adds them",)
    passed = sorted({key for start in starts for key in start.passed})
    twin = next((key for key in passed if key.replace("-", "_") == name.replace("-", "_")), None)
    if twin is not None:
        return (f"`--{twin}` is passed, and a dash is no underscore: give both one name",)
    return (*did_you_mean(name, passed), f"give the job a default argument `--{name}`")
