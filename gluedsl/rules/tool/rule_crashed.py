"""TL001 `rule-crashed`."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class RuleCrashed(Rule):
    """A rule of gluedsl crashed.

    ## What it does

    Reports that one of gluedsl's own rules raised an exception. The other rules still report.

    ## Why is this bad

    It is a bug of gluedsl, not of the workflow. What the rule would have said is not known,
    so the workflow is not deployed as if it were clean.

    ## Example

    No workflow should bring this about.

    ## Use instead

    Report the bug, with the workflow that brought it about.
    """

    code = "TL001"
    name = "rule-crashed"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = ""

    def check(self, context: Context) -> Iterator[Diagnostic]:  # noqa: ARG002 -- every rule is asked alike
        """Yield nothing: `gluedsl.rules.check` reports crashes when they happen."""
        yield from ()

    def report(self, rule: Rule, error: Exception) -> Diagnostic:
        """Return the finding for an exception that a rule raised."""
        frames = traceback.extract_tb(error.__traceback__)
        where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return self.finding(
            f"rule `{rule.code}` of gluedsl crashed: {type(error).__name__}: {error}",
            None,
            notes=(f"this is a bug of gluedsl{where}, not of the workflow",),
            help=("report it, with the workflow that brought it about",),
        )
