"""TL008 `unknown-allowed-rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.lookup import nearest, rule_called
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnknownAllowedRule(Rule):
    """An `allow=` names no rule.

    ## What it does

    Reports entries of `allow=` that are neither the code nor the name of a rule.

    ## Why is this bad

    It silences nothing, and what it was meant to silence is still reported.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole", allow=["twice-started-job"])


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

    code = "TL008"
    name = "unknown-allowed-rule"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each entry that is no rule."""
        for one in context.allowances:
            if rule_called(one.rule) is None:
                yield self.finding(
                    f"`allow` of {one.owner} names `{one.rule}`, and there is no such rule",
                    one.span,
                    help=nearest(one.rule) or ("`gluedsl explain` lists all rules",),
                )
