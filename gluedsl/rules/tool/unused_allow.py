"""TL007 `unused-allow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model.allowances import Allowance
    from gluedsl.rules.rule import Context


class UnusedAllow(Rule):
    """An `allow=` silences nothing.

    ## What it does

    Reports entries of `allow=` whose lint finds nothing at that object.

    ## Why is this bad

    What it once silenced is gone, or it stands at the wrong object.
    Left there, it would silence the next mistake of its kind without a word.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(allow=["twice-started-node"])
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

    code = "TL007"
    name = "unused-allow"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:  # noqa: ARG002 -- every rule is asked alike
        """Yield nothing: `gluedsl.rules.check` reports what is left over when every rule has been asked."""
        yield from ()

    def report(self, allowance: Allowance) -> Diagnostic:
        """Return the finding for an entry that silenced nothing."""
        return self.finding(
            f"`allow` of {allowance.owner} names `{allowance.rule}`, which finds nothing there",
            allowance.span,
            help=("leave it out",),
        )
