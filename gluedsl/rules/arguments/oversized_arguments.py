"""AR011 `oversized-arguments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job
    from gluedsl.rules.rule import Context

MOST = 260 * 1024
"""260 KB; AWS does not say which kilobyte."""


def _size(arguments: Mapping[str, str]) -> int:
    texts = (str(text) for pair in arguments.items() for text in pair)
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


def _whole(job: Job) -> str:
    """Return the place of a job's own arguments that is told: the larger."""
    larger = _size(job.non_overridable_arguments) > _size(job.default_arguments)
    return "non_overridable_arguments" if larger else "default_arguments"


class OversizedArguments(Rule):
    """A job is given more arguments than Glue hands over.

    ## What it does

    Reports jobs whose arguments, names and values together, have more than 260 KB.

    ## Why is this bad

    Glue does not start a job with more. Larger data belongs in S3, with its path as the argument.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--orders": "x" * 270_000})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--orders": "s3://lake/orders.json"})
    def load(run): ...
    ```
    """

    code = "AR011"
    name = "oversized-arguments"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"
    also = ("AC013",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each job, and each action, with too many; a trigger's own count together with the job's."""
        for one in context.given:
            known = dict(one.arguments)
            if one.job is not None and one.is_own:
                known = {**one.job.default_arguments, **one.job.non_overridable_arguments}
                if one.path[-1] != _whole(one.job):
                    continue
            elif one.job is not None:
                known = {**one.job.default_arguments, **one.arguments, **one.job.non_overridable_arguments}
                if _size({**one.job.default_arguments, **one.job.non_overridable_arguments}) > MOST:
                    continue
            size = _size(known)
            if size > MOST:
                yield self.finding(
                    f"arguments of {one.owner} have {size:,} bytes, and Glue allows {MOST:,}",
                    context.span(*one.path),
                    help=("put the data into S3, and give its path",),
                )
