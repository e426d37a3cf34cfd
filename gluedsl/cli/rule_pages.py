"""Pages and the table of rules in a terminal.

Comes in: rules, and the width. Goes out: `Text`, which a rich console prints in colour where there is any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from gluedsl.diagnostics import Severity
from gluedsl.diagnostics.render.sarif import Descriptor
from gluedsl.diagnostics.render.visible import cells, wrapped
from gluedsl.rules.page import Code, markdown, page, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gluedsl.rules.rule import Rule

_INDENT = "    "
_ITEM = "- "
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
MOST = 100
"""Columns that text takes however wide the terminal is."""
_LEAST = 36
"""Columns that what a rule is about needs beside its name, not to be a tower of words."""


def render_page(rule: Rule, *, width: int, highlight: Callable[[Code], Text]) -> Text:
    """Return the page of a rule; `highlight` puts colour on code."""
    shown = page(rule)
    room = min(width, MOST)
    rows = [
        Text.assemble((f"{rule.severity}[{rule.code}]", _STYLES[rule.severity]), (f": {rule.name}", "bold")),
        *_paragraph(shown.summary, room),
        *_paragraph(weight(rule), room),
    ]
    for section in shown.sections:
        rows += [Text(), Text(section.heading, "bold")]
        for number, part in enumerate(section.parts):
            rows += [Text()] if number else []
            rows += _code(highlight(part)) if isinstance(part, Code) else _paragraph(part, room)
    if rule.url:
        rows += [Text(), Text("AWS", "bold"), Text(rule.url)]
    return Text("\n").join([*rows, Text()])


def render_table(rules: Iterable[Rule], *, width: int) -> Text:
    """Return a row for each rule; where that leaves little room for what is bad, it stands below the name."""
    rules = tuple(rules)
    names = max((cells(rule.name) for rule in rules), default=0)
    rows: list[Text] = []
    for rule in rules:
        code = Text.assemble((rule.code, "bold"), "  ", (f"{rule.severity:<7}", _STYLES[rule.severity]), "  ")
        lead = Text.assemble(code, f"{rule.name:<{names}}  ")
        is_below = width - len(lead) < _LEAST
        indent = len(code) if is_below else len(lead)
        lines = wrapped(Text(page(rule).summary), max(width - indent, _LEAST))
        rows += [Text.assemble(code, rule.name)] if is_below else []
        rows += (Text.assemble(" " * indent if number or is_below else lead, line) for number, line in enumerate(lines))
    return Text("\n").join([*rows, Text()])


def descriptor(rule: Rule) -> Descriptor:
    """Return what code scanning shows of a rule."""
    text = render_page(rule, width=MOST, highlight=lambda code: Text(code.text)).plain
    return Descriptor(
        code=rule.code,
        name=rule.name,
        summary=page(rule).summary,
        text=text,
        markdown=markdown(rule),
        severity=rule.severity,
        url=rule.url,
    )


def _paragraph(text: str, room: int) -> list[Text]:
    """Break a paragraph into lines; what follows the first of an item stands below its text."""
    indent = " " * len(_ITEM) if text.startswith(_ITEM) else ""
    lines = wrapped(Text(text), room - len(indent))
    return [Text.assemble(indent if number else "", line) for number, line in enumerate(lines)]


def _code(text: Text) -> Iterator[Text]:
    for line in text.split("\n", allow_blank=False):
        shown = Text.assemble(_INDENT, line)
        shown.rstrip()
        yield shown
