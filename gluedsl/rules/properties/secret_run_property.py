"""WF014 `secret-run-property`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.properties.secrecy import holds_secret
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class SecretRunProperty(Rule):
    """A run property holds a secret.

    ## What it does

    Reports default run properties whose names or values look like secrets: passwords, tokens, access keys,
    addresses with a password in them. The name of a secret, or its ARN, is none.

    ## Why is this bad

    Run properties are shown in the console, returned by the API, and may be logged.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"db_password": "spring-2024"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", properties={"db_secret_name": "sales/db"}, role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "WF014"
    name = "secret-run-property"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_StartWorkflowRun.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each secret, without its value."""
        for path, workflow in walk.workflows(context.project):
            for key, value in workflow.default_run_properties.items():
                if holds_secret(key, value):
                    finding = self.finding(
                        f"run property `{key}` of workflow `{workflow.name}` looks like a secret",
                        context.span(*path, "default_run_properties", key),
                        help=("keep it in AWS Secrets Manager, and let the jobs fetch it by its name",),
                    )
                    yield replace(finding, hides_source=True)
