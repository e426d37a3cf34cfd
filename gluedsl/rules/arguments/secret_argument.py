"""AC014 `secret-argument`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.properties.secrecy import holds_secret
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class SecretArgument(Rule):
    """An argument of a job holds a secret.

    ## What it does

    Reports arguments, of a job or of a trigger, whose names or values look like secrets: passwords, tokens,
    access keys, addresses with a password in them. The name of a secret, or its ARN, is none.

    ## Why is this bad

    Arguments are shown in the console, returned by the API, and may be logged.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--db-password": "spring-2024"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--db-secret-name": "sales/db"})
    def load(run): ...
    ```
    """

    code = "AC014"
    name = "secret-argument"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each secret, without its value."""
        for one in context.given:
            for key, value in one.arguments.items():
                if holds_secret(key, value):
                    finding = self.finding(
                        f"argument `{key}` of {one.owner} looks like a secret",
                        context.span(*one.path, key),
                        help=("keep it in AWS Secrets Manager, and let the job fetch it by its name",),
                    )
                    yield replace(finding, hides_source=True)
