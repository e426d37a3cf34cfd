"""AR005 `invalid-job-language`."""

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

LANGUAGE, CLASS = "--job-language", "--class"
LANGUAGES = ("python", "scala")


class InvalidJobLanguage(Rule):
    """A job's language is none that Glue runs, or its class is of another language.

    ## What it does

    Reports `--job-language` other than `python` and `scala`, and `--class` without `scala`.

    ## Why is this bad

    A class is where a Scala job begins. A Python job begins with the first line of its script.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--job-language": "java"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--job-language": "scala", "--class": "LoadOrders"})
    def load(run): ...
    ```
    """

    code = "AR005"
    name = "invalid-job-language"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each language that Glue does not run, and each class without a language that has any."""
        for one in context.given:
            if one.job is None:
                continue
            known = {**one.job.default_arguments, **one.arguments, **one.job.non_overridable_arguments}
            language = one.arguments.get(LANGUAGE)
            if is_settled(language) and language not in LANGUAGES:
                yield self.finding(
                    f"{one.owner} has language `{language}`, which Glue does not run",
                    context.span(*one.path, LANGUAGE),
                    help=(f"Glue runs {choices(LANGUAGES)}",),
                )
            elif CLASS in one.arguments and known.get(LANGUAGE, "python") == "python":
                yield self.finding(
                    f"{one.owner} has `{CLASS}`, and is not of language `scala`",
                    context.span(*one.path, CLASS),
                    help=(f"add `{LANGUAGE}` with `scala`, or leave the class out",),
                )
