"""Findings for programs, in a documented shape, version 1.

Comes in: a report. Goes out: JSON in ASCII, so that no terminal, encoding or log can garble it; null stands for
what is not known. Fields may be added, none renamed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gluedsl.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from gluedsl.diagnostics.diagnostic import Diagnostic
    from gluedsl.diagnostics.report import Report
    from gluedsl.source.span import Span

VERSION = 1


def render(report: Report) -> str:
    """Return all findings and how many there are of each severity."""
    return dumped(
        {
            "version": VERSION,
            "diagnostics": [_diagnostic(d) for d in report.diagnostics],
            "summary": {f"{severity}s": report.count(severity) for severity in Severity},
        }
    )


def dumped(document: Any) -> str:
    """Return `document` as JSON text: printable ASCII, keys in their own order, with a final newline."""
    # DEL is the one control character that JSON lets stand.
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "label": diagnostic.label or None,
        "notes": list(diagnostic.notes),
        "help": list(diagnostic.help),
        "related": [{**_place(related.span), "message": related.message} for related in diagnostic.related],
        "url": diagnostic.url or None,
    }


def _place(span: Span | None) -> dict[str, str | int | None]:
    has_columns = span is not None and not span.is_line_only
    return {
        "file": span.file if span is not None else None,
        "line": span.line if span is not None else None,
        "column": span.column if span is not None and has_columns else None,
        "end_line": span.end_line if span is not None and has_columns else None,
        "end_column": span.end_column if span is not None and has_columns else None,
    }
