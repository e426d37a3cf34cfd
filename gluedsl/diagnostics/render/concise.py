"""Findings for editors, logs and grep: one line each, true on its own.

Comes in: a report. Goes out: `file:line:column: error[CODE] message`, without the place where it is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from gluedsl.diagnostics.diagnostic import Diagnostic
    from gluedsl.diagnostics.report import Report


def render(report: Report, *, ascii_only: bool = False) -> str:
    """Return a line for each finding; nothing where there are none."""
    return "".join(f"{visible(_line(d), ascii_only=ascii_only)}\n" for d in report.diagnostics)


def _line(diagnostic: Diagnostic) -> str:
    finding = f"{diagnostic.severity}[{diagnostic.code}] {diagnostic.message}"
    span = diagnostic.span
    return finding if span is None else f"{span.file}:{span.line}:{span.column}: {finding}"
