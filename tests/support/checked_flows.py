"""Flow files that a test writes, checked as `gluedsl check` does, and what was found told by the author's own text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import gluedsl
from gluedsl.compiler import compile_path
from gluedsl.errors import LoadError

if TYPE_CHECKING:
    from gluedsl.compiler import Compilation
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.source.span import Span

HEADER = f"from gluedsl import {', '.join(sorted(word for word in gluedsl.__all__ if not word.startswith('_')))}\n"
"""The first line of every flow that is written here: all of gluedsl's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFlow:
    """A flow file and what became of it."""

    compilation: Compilation
    found: tuple[str, ...]
    """Every finding: its code, its severity, and the text that it underlines."""

    @property
    def errors(self) -> tuple[str, ...]:
        """The findings that stop every route to AWS."""
        return tuple(shown for shown in self.found if shown.partition(":")[0].endswith(" error"))

    @property
    def doubts(self) -> tuple[str, ...]:
        """The findings without what is merely worth knowing."""
        return tuple(shown for shown in self.found if not shown.partition(":")[0].endswith(" info"))


def shown(finding: Diagnostic) -> str:
    """Return a finding as a line: its code, its severity, and the text that it underlines."""
    return f"{finding.code} {finding.severity}: {text_of(finding.span)}"


def text_of(span: Span | None) -> str:
    """Return the author's text that a span covers, in one line."""
    if span is None:
        return "nowhere"
    text = Path(span.file).read_text(encoding="utf-8")
    lines = text.split("\n")[span.line - 1 : (span.end_line or span.line)]
    if not span.is_line_only:
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
    return " ".join(" ".join(lines).split())


def written(folder: Path, body: str) -> Path:
    """Write a flow file, with every word of gluedsl imported on its first line."""
    file = folder / "flow.py"
    file.write_text(HEADER + textwrap.dedent(body).lstrip("\n"), encoding="utf-8")
    return file


def checked(folder: Path, body: str) -> CheckedFlow:
    """Write a flow file and check it."""
    file = written(folder, body)
    compilation = compile_path(str(file))
    return CheckedFlow(compilation=compilation, found=tuple(map(shown, compilation.report.diagnostics)))


def refused(folder: Path, body: str) -> str:
    """Write a flow file that cannot be declared, and return its refusal: line of the body, message, hint."""
    file = written(folder, body)
    try:
        compile_path(str(file))
    except LoadError as error:
        place, _, message = error.message.removeprefix(f"{file}:").partition(": ")
        hint = f" ({error.hint})" if error.hint else ""
        return f"{int(place) - 1}: {message}{hint}"
    return "not refused"
