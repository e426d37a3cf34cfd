"""Findings for programs."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gluedsl.diagnostics import Diagnostic, Related, Report, Severity
from gluedsl.diagnostics.render.json import dumped, render
from gluedsl.source.span import Span


def test_the_documented_shape() -> None:
    """Every field stands in its order, whole and in ASCII, with null for what is not known."""
    report = Report.of(
        [
            Diagnostic(
                code="WF006",
                name="second-start-trigger",
                severity=Severity.ERROR,
                message="workflow `säles` has a second start trigger",
                span=Span("flow.py", 5, 33, 5, 52),
                label="starts it too",
                related=(Related(span=Span("flow.py", 3), message="the first start"),),
                notes=("a note",),
                help=("a help",),
                url="https://docs.aws.amazon.com/glue/",
            ),
            Diagnostic(code="GR001", name="unreachable-node", severity=Severity.WARNING, message="m", span=None),
        ]
    )

    expected = r"""{
  "version": 1,
  "diagnostics": [
    {
      "code": "GR001",
      "name": "unreachable-node",
      "severity": "warning",
      "message": "m",
      "file": null,
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "label": null,
      "notes": [],
      "help": [],
      "related": [],
      "url": null
    },
    {
      "code": "WF006",
      "name": "second-start-trigger",
      "severity": "error",
      "message": "workflow `s\u00e4les` has a second start trigger",
      "file": "flow.py",
      "line": 5,
      "column": 33,
      "end_line": 5,
      "end_column": 52,
      "label": "starts it too",
      "notes": [
        "a note"
      ],
      "help": [
        "a help"
      ],
      "related": [
        {
          "file": "flow.py",
          "line": 3,
          "column": null,
          "end_line": null,
          "end_column": null,
          "message": "the first start"
        }
      ],
      "url": "https://docs.aws.amazon.com/glue/"
    }
  ],
  "summary": {
    "errors": 1,
    "warnings": 1,
    "infos": 0
  }
}
"""

    assert render(report) == expected


def test_a_clean_report() -> None:
    """A report without findings is a document too."""
    expected = {"version": 1, "diagnostics": [], "summary": {"errors": 0, "warnings": 0, "infos": 0}}

    assert json.loads(render(Report())) == expected


@given(st.text())
def test_any_text_is_printable_ascii_and_comes_back(text: str) -> None:
    """Whatever a text holds, the document is printable ASCII and loses nothing of it."""
    document = dumped({"text": text})

    assert document.replace("\n", "").isascii()
    assert document.replace("\n", "").isprintable()
    assert json.loads(document) == {"text": text}
