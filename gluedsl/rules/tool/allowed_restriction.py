"""TL010 `allowed-restriction`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.lookup import rule_called
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class AllowedRestriction(Rule):
    """An `allow=` names a restriction.

    ## What it does

    Reports entries of `allow=` that name a rule which nothing silences.

    ## Why is this bad

    What a restriction finds is refused by AWS, or cannot work, whoever allows it.
    Only lints, which are about what is legal and usually a mistake, can be allowed.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole", allow=["second-start-trigger"])


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "TL010"
    name = "allowed-restriction"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each entry that names a restriction."""
        for one in context.allowances:
            rule = rule_called(one.rule)
            if rule is not None and rule.kind is Kind.RESTRICTION:
                yield self.finding(
                    f"`allow` of {one.owner} names `{one.rule}`, which is a restriction and cannot be silenced",
                    one.span,
                    help=(f"leave it out; `gluedsl explain {rule.code}` says what the restriction is",),
                )
