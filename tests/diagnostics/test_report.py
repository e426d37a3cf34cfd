"""Reports: the findings of a project in one order."""

from __future__ import annotations

from gluedsl.diagnostics import Diagnostic, Report, Severity
from gluedsl.source.span import Span


def _finding(code: str, span: Span | None, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code=code, name="n", severity=severity, message="m", span=span)


def test_findings_are_in_order_and_stand_once() -> None:
    """Findings stand by file, line, column and code, those without a place first, and equal ones once."""
    findings = [
        _finding("B", Span("b.py", 1)),
        _finding("B", Span("a.py", 10)),
        _finding("B", Span("a.py", 2, 9, 2, 10)),
        _finding("B", Span("a.py", 2, 1, 2, 3)),
        _finding("A", Span("a.py", 2, 1, 2, 3)),
        _finding("A", None),
        _finding("B", Span("b.py", 1)),
    ]

    places = [(d.code, d.span and (d.span.file, d.span.line, d.span.column)) for d in Report.of(findings).diagnostics]

    assert places == [
        ("A", None),
        ("A", ("a.py", 2, 1)),
        ("B", ("a.py", 2, 1)),
        ("B", ("a.py", 2, 9)),
        ("B", ("a.py", 10, 1)),
        ("B", ("b.py", 1, 1)),
    ]


def test_severities_are_counted() -> None:
    """Only an error makes a report one with errors."""
    warned = Report.of([_finding("A", None), _finding("B", None, Severity.INFO)])
    refused = Report.of([*warned.diagnostics, _finding("C", None, Severity.ERROR)])

    assert [warned.count(severity) for severity in Severity] == [0, 1, 1]
    assert (Report().has_errors, warned.has_errors, refused.has_errors) == (False, False, True)
