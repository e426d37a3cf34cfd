"""WF014 `secret-run-property`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.properties.secrecy import holds_secret, names_secret
from gluedsl.rules.properties.traffic import written
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span


class SecretRunProperty(Rule):
    """A run property holds a secret.

    ## What it does

    Reports default run properties whose names or values look like secrets: passwords, tokens, access keys,
    addresses with a password in them. The name of a secret, or its ARN, is none.
    Of what jobs write, the name alone is looked at.

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
                    span = context.span(*path, "default_run_properties", key)
                    yield self._secret(f"run property `{key}` of workflow `{workflow.name}` looks like a secret", span)
        given = {key for workflow in context.project.workflows for key in workflow.default_run_properties}
        for path, job in walk.jobs(context.project):
            for key, span in written(context, path, job).items():
                if names_secret(key) and key not in given:
                    yield self._secret(
                        f"run property `{key}`, which job `{job.name}` writes, looks like a secret", span
                    )

    def _secret(self, message: str, span: Span | None) -> Diagnostic:
        finding = self.finding(
            message, span, help=("keep it in AWS Secrets Manager, and let the jobs fetch it by its name",)
        )
        return replace(finding, hides_source=True)
