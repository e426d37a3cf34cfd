"""AR006 `invalid-bookmark-option`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

OPTION = "--job-bookmark-option"
OPTIONS = ("job-bookmark-enable", "job-bookmark-disable", "job-bookmark-pause")
ENDS = ("--job-bookmark-from", "--job-bookmark-to")


class InvalidBookmarkOption(Rule):
    """A job's bookmark option is none, or lacks what it needs.

    ## What it does

    Reports `--job-bookmark-option` other than enable, disable and pause,
    and `--job-bookmark-from` or `--job-bookmark-to` without the other.

    ## Why is this bad

    With an option that Glue does not know, a job does not begin where it left off.
    A pause reads what lies between two earlier runs: it names both, or neither.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--job-bookmark-option": "enable"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--job-bookmark-option": "job-bookmark-enable"})
    def load(run): ...
    ```
    """

    code = "AR006"
    name = "invalid-bookmark-option"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each option that Glue does not know, and each end of a range without the other."""
        for one in context.given:
            option = one.arguments.get(OPTION)
            if is_settled(option) and option not in OPTIONS:
                yield self.finding(
                    f"{one.owner} has bookmark option `{option}`, which Glue does not have",
                    context.span(*one.path, OPTION),
                    help=(f"Glue has {choices(OPTIONS)}",),
                )
            known = one.arguments
            if one.job is not None:
                known = {**one.job.default_arguments, **one.arguments, **one.job.non_overridable_arguments}
            for end, other in (ENDS, ENDS[::-1]):
                if end in one.arguments and other not in known:
                    yield self.finding(
                        f"{one.owner} has `{end}` without `{other}`",
                        context.span(*one.path, end),
                        help=("give both, or neither",),
                    )
