"""Findings, a line each."""

from __future__ import annotations

from gluedsl.diagnostics import Diagnostic, Report, Severity
from gluedsl.diagnostics.render import concise
from gluedsl.source.span import Span


def _finding(message: str, span: Span | None, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code="GR001", name="n", severity=severity, message=message, span=span, label="l", help=("h",))


def test_a_line_for_each_finding() -> None:
    """Each finding is one line with its place, as editors and compilers write it."""
    report = Report.of(
        [
            _finding("job `a` can never start", Span("flow.py", 31, 5, 31, 12)),
            _finding("job `b` can never start", Span("flow.py", 40), Severity.WARNING),
            _finding("nothing here", None, Severity.INFO),
        ]
    )

    expected = """\
info[GR001] nothing here
flow.py:31:5: error[GR001] job `a` can never start
flow.py:40:1: warning[GR001] job `b` can never start
"""

    assert concise.render(report) == expected


def test_a_line_stays_one() -> None:
    """Line ends and escapes in a message are spelled out, and so is what is not ASCII where only that can be shown."""
    report = Report.of([_finding("job `a\n\x1b[31mé`", Span("f.py", 1))])

    assert concise.render(report) == "f.py:1:1: error[GR001] job `a\\n\\x1b[31mé`\n"
    assert concise.render(report, ascii_only=True) == "f.py:1:1: error[GR001] job `a\\n\\x1b[31m\\xe9`\n"


def test_a_clean_report() -> None:
    """There is nothing to say of a report without findings."""
    assert concise.render(Report()) == ""
