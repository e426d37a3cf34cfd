"""TL017 `unreadable-flow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span


class UnreadableFlow(Rule):
    """A flow file is no Python, or raises when it is imported.

    ## What it does

    Reports the line that ends the import of a flow file: text that is no Python, an exception of the file's own, a call
    of gluedsl with arguments that it does not take.

    ## Why is this bad

    Workflows are what the file declares when it is imported. Nothing else of it can be judged, so that this is the
    only finding about the file: what else is wrong comes to light when it is mended. Other files are read all the same.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", descripton="Orders of the day.")
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", description="Orders of the day.", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "TL017"
    name = "unreadable-flow"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:  # noqa: ARG002 -- every rule is asked alike
        """Yield nothing: a project is what was read, and this is about what was not."""
        yield from ()

    def report(self, message: str, hint: str, span: Span) -> Diagnostic:
        """Return the finding for what ended the import of a file."""
        return self.finding(message, span, help=(hint,) if hint else ())
