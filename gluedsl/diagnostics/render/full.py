"""Findings for people: each with the source it speaks of.

Comes in: a report, and the sources. Goes out: one `Text`; `.plain` is what a file gets, a rich console prints it in
colour. Takes no text on trust: names, messages and source cannot reach the terminal as commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from gluedsl.diagnostics.diagnostic import Severity
from gluedsl.diagnostics.render.excerpt import FRAME, Mark, excerpt
from gluedsl.diagnostics.render.visible import visible, wrapped
from gluedsl.diagnostics.report import Report
from gluedsl.source.snippet import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.diagnostics.diagnostic import Diagnostic
    from gluedsl.source.span import Span

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_RELATED = "cyan"


def render(
    report: Report, sources: Sources, *, width: int = 100, ascii_only: bool = False, errors_alone: bool = False
) -> Text:
    """Return every finding, or every error, with its source, and how many there are; nothing where there are none.

    What findings hide is hidden in all of them, shown or not.
    """
    blocks = []
    sources = _Veiled(sources, report)
    shown = (
        Report(tuple(one for one in report.diagnostics if one.severity is Severity.ERROR)) if errors_alone else report
    )
    for diagnostic in shown.diagnostics:
        finding = _Finding(diagnostic, sources, width=width, ascii_only=ascii_only)
        blocks.append(Text("\n").join(finding.rows()))
    if not blocks:
        return Text()
    return Text("\n\n").join([*blocks, Text(summary(shown) + "\n", "bold")])


def summary(report: Report) -> str:
    """Return how many findings there are of each severity: `2 errors, 1 warning`."""
    return ", ".join(_counts(report, Severity))


def lesser(report: Report) -> str:
    """Return how many findings there are that are no errors: `2 warnings and 1 info`; nothing where there are none."""
    return " and ".join(_counts(report, (Severity.WARNING, Severity.INFO)))


def _counts(report: Report, severities: Iterable[Severity]) -> list[str]:
    counts = [(report.count(severity), severity) for severity in severities]
    return [f"{count} {severity}{'s' if count > 1 else ''}" for count, severity in counts if count]


class _Veiled(Sources):
    """Sources without the lines that hold what a finding hides: other findings may stand there too."""

    def __init__(self, sources: Sources, report: Report) -> None:
        super().__init__()
        self._sources = sources
        spans = (each.span for each in report.diagnostics if each.hides_source and each.span is not None)
        self._veiled = {(span.file, line) for span in spans for line in range(span.line, span.end_line + 1)}

    def line(self, file: str, number: int) -> str | None:
        return None if (file, number) in self._veiled else self._sources.line(file, number)


class _Hidden(Sources):
    """Sources of which nothing is shown."""

    def lines(self, _: str) -> tuple[str, ...]:
        return ()


class _Finding:
    """One diagnostic on its way to rows of text."""

    def __init__(self, diagnostic: Diagnostic, sources: Sources, *, width: int, ascii_only: bool) -> None:
        self._diagnostic = diagnostic
        self._sources = _Hidden() if diagnostic.hides_source else sources
        self._width = width
        self._ascii_only = ascii_only
        self._marks = _marks(diagnostic)
        numbers = [mark.span.line for mark in self._marks if self._is_there(mark)]
        self._gutter = len(str(max(numbers, default=0)))

    def rows(self) -> list[Text]:
        by_file: dict[str, list[Mark]] = {}
        for mark in self._marks:
            by_file.setdefault(mark.span.file, []).append(mark)
        bar = Text(f"{'':>{self._gutter}} |", FRAME)
        rows = [*self._headline()]
        for marks in by_file.values():
            rows += self._block(marks, bar)
        rows += self._footer()
        return rows

    def _headline(self) -> Iterator[Text]:
        diagnostic = self._diagnostic
        kind = self._visible(f"{diagnostic.severity}[{diagnostic.code}]")
        headline = Text.assemble(
            (kind, _STYLES[diagnostic.severity]), (f": {self._visible(diagnostic.message)}", "bold")
        )
        first, *more = wrapped(headline, self._width - 2)
        yield first
        for line in more:
            yield Text.assemble("  ", line)

    def _block(self, marks: list[Mark], bar: Text) -> Iterator[Text]:
        rows = excerpt(marks, self._sources, gutter=self._gutter, width=self._width, ascii_only=self._ascii_only)
        if rows:
            yield self._arrow(marks[0].span)
            yield from rows
            yield bar
        for mark in marks:
            if not self._is_there(mark):
                message = self._visible(mark.message)
                yield Text.assemble(self._arrow(mark.span), f": {message}" if message else "")

    def _arrow(self, span: Span) -> Text:
        place = f"{self._visible(span.file)}:{span.line}" + ("" if span.is_line_only else f":{span.column}")
        return Text.assemble((f"{'':>{self._gutter}}--> ", FRAME), place)

    def _footer(self) -> Iterator[Text]:
        diagnostic = self._diagnostic
        remarks = [*(("note", text) for text in diagnostic.notes), *(("help", text) for text in diagnostic.help)]
        if diagnostic.url:
            remarks.append(("see", diagnostic.url))
        remarks.append(("explain", f"gluedsl explain {diagnostic.code}"))
        for kind, text in remarks:
            lead = Text.assemble((f"{'':>{self._gutter}} = ", FRAME), (kind, "bold"), ": ")
            lines = wrapped(Text(self._visible(text)), max(self._width - len(lead), 20))
            for number, line in enumerate(lines):
                yield Text.assemble(" " * len(lead) if number else lead, line)

    def _is_there(self, mark: Mark) -> bool:
        return self._sources.line(mark.span.file, mark.span.line) is not None

    def _visible(self, text: str) -> str:
        return visible(text, ascii_only=self._ascii_only)


def _marks(diagnostic: Diagnostic) -> tuple[Mark, ...]:
    related = (Mark(span=r.span, message=r.message, sign="-", style=_RELATED) for r in diagnostic.related)
    if diagnostic.span is None:
        return tuple(related)
    style = _STYLES[diagnostic.severity]
    return (Mark(span=diagnostic.span, message=diagnostic.label, sign="^", style=style), *related)
