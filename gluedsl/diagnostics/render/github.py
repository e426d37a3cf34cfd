"""Findings as GitHub shows them: annotations beside the lines of a pull request.

Comes in: a report. Goes out: one workflow command a finding, which GitHub Actions reads from a job's output
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands). No text of an author can end
its command or begin another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics.diagnostic import Severity
from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics.diagnostic import Diagnostic
    from gluedsl.diagnostics.report import Report
    from gluedsl.source.span import Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_VALUE | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a command for each finding; nothing where there are none."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in report.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {**_place(diagnostic.span), "title": f"{diagnostic.code} {diagnostic.name}"}
    given = ",".join(f"{name}={visible(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(visible(line) for line in _lines(diagnostic)).translate(_IN_VALUE)
    return f"::{_COMMANDS[diagnostic.severity]} {given}::{text}"


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    yield diagnostic.message
    yield from (f"note: {note}" for note in diagnostic.notes)
    yield from (f"help: {advice}" for advice in diagnostic.help)


def _place(span: Span | None) -> dict[str, str]:
    """Return where a finding stands; GitHub takes columns only of what begins and ends on one line."""
    if span is None:
        return {}
    place = {"file": span.file, "line": str(span.line)}
    if span.is_line_only:
        return place
    place["endLine"] = str(span.end_line)
    if span.line == span.end_line:
        place |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return place
