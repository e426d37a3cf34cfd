"""AR008 `unprefixed-environment-variable`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.arguments.given import is_settled
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context

KEYS = ("--customer-driver-env-vars", "--customer-executor-env-vars")
PREFIX = "CUSTOMER_"
_NAMES = re.compile(r'(?:^|,)\s*(\w+)=(?:"[^"]*"|[^,]*)')
"""In `NAME=value,OTHER="with, comma"`."""


class UnprefixedEnvironmentVariable(Rule):
    """A job's environment variable lacks its prefix.

    ## What it does

    Reports variables in `--customer-driver-env-vars` and `--customer-executor-env-vars` without `CUSTOMER_`.

    ## Why is this bad

    Glue takes variables with this prefix only.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--customer-driver-env-vars": "STAGE=dev"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--customer-driver-env-vars": "CUSTOMER_STAGE=dev"})
    def load(run): ...
    ```
    """

    code = "AR008"
    name = "unprefixed-environment-variable"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each variable that Glue does not set."""
        for one in context.given:
            for key in KEYS:
                value = one.arguments.get(key)
                if not is_settled(value):
                    continue
                for name in _NAMES.findall(one.arguments[key]):
                    if not name.startswith(PREFIX):
                        yield self.finding(
                            f"{one.owner} sets variable `{name}` in `{key}`, whose names begin with `{PREFIX}`",
                            context.span(*one.path, key),
                            help=(f"write `{PREFIX}{name}`",),
                        )
