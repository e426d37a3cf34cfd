"""AC005 `unprefixed-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.actions.reserved_argument import RESERVED
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Project
    from gluedsl.rules.rule import Context


def _arguments(project: Project) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    for path, job in walk.jobs(project):
        yield (*path, "default_arguments"), f"job `{job.name}`", job.default_arguments
        yield (*path, "non_overridable_arguments"), f"job `{job.name}`", job.non_overridable_arguments
    for path, _, trigger in walk.triggers(project):
        for place, action in walk.actions(path, trigger):
            if action.job_name:
                owner = f"job `{action.job_name}` in trigger `{trigger.name}`"
                yield (*place, "arguments"), owner, action.arguments


def _advice(name: str, given: Mapping[str, str]) -> str:
    if name in given:
        return f"leave it out: `{name}` is given as well"
    if name in RESERVED:
        return f"give it another name, with `--`: Glue keeps `{name}` for itself"
    return f"write `{name}`"


class UnprefixedArgument(Rule):
    """A job's argument is named without its two dashes.

    ## What it does

    Reports arguments, of an action or of a job, whose names do not begin with `--`.

    ## Why is this bad

    Glue hands a script its arguments as `--NAME value`, by the names that they are given.
    A name without `--` does not reach the script: `getResolvedOptions` does not find it.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"region": "eu"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--region": "eu"})
    def load(run): ...
    ```
    """

    code = "AC005"
    name = "unprefixed-argument"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each argument whose name the script will not see."""
        for path, owner, arguments in _arguments(context.project):
            for key in arguments:
                if not key.startswith("--"):
                    yield self.finding(
                        f"argument `{key}` of {owner} lacks its leading `--`, so no script finds it",
                        context.span(*path, key),
                        help=(_advice(f"--{key.lstrip('-')}", arguments),),
                    )
