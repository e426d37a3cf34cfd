"""Flows and the code of their jobs, written by a test; findings as text, with what stands at their place."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import gluedsl
from gluedsl.compiler import compile_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.source.span import Span

FLOW = f"from gluedsl import {', '.join(sorted(word for word in gluedsl.__all__ if not word.startswith('_')))}\n"
"""The first line of every flow: all of gluedsl's words."""


def told(folder: Path, flow: str, **scripts: str) -> str:
    """Return what is found in a flow; `load="..."` writes its script `load.py`."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    (folder / "flow.py").write_text(FLOW + dedent(flow).lstrip("\n"), encoding="utf-8")
    report = compile_path(str(folder / "flow.py")).report
    return "\n".join(line for finding in report.diagnostics for line in _lines(finding, folder))


def says(text: str) -> str:
    """Return the text of an expectation as `told` would write it."""
    return dedent(text).strip("\n")


def _lines(finding: Diagnostic, folder: Path) -> Iterator[str]:
    yield f"{finding.code} {finding.severity} at {_place(finding.span, folder)}"
    yield f"  {finding.message}"
    yield from (f"  related {_place(other.span, folder)}: {other.message}" for other in finding.related)
    yield from (f"  note: {note}" for note in finding.notes)
    yield from (f"  help: {advice}" for advice in finding.help)


def _place(span: Span | None, folder: Path) -> str:
    """Return `load:3 "table"`: the file without its ending, the line, and the text of its first line."""
    if span is None:
        return "no place"
    file = folder / span.file
    lines = file.read_text(encoding="utf-8").split("\n")
    end = span.end_column - 1 if span.end_line == span.line else None
    return f"{file.stem}:{span.line} {lines[span.line - 1][span.column - 1 : end]}"
