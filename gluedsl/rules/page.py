"""The page of a rule: its docstring, taken apart for whoever shows it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.rules.rule import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.rules.rule import Rule

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A block of code."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it: paragraphs of Markdown, and code."""

    heading: str
    text: str
    parts: tuple[str | Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a rule says of itself."""

    summary: str
    """One sentence: the bad thing."""
    sections: tuple[Section, ...]


def page(rule: Rule) -> Page:
    """Return the page of a rule."""
    summary, *rest = _HEADING.split(inspect.getdoc(type(rule)) or "")
    sections = zip(rest[::2], rest[1::2], strict=True)
    return Page(
        summary=summary.strip(),
        sections=tuple(Section(heading=h, text=t.strip(), parts=tuple(_parts(t))) for h, t in sections),
    )


def weight(rule: Rule) -> str:
    """Say in a sentence whether a rule can be argued with."""
    if rule.kind is Kind.RESTRICTION and not rule.url:
        return "An error. Nothing silences it."
    if rule.kind is Kind.RESTRICTION:
        return "A restriction: AWS refuses it, or it cannot work. Nothing silences it."
    found = "tells" if rule.severity is Severity.INFO else "warns"
    if rule.is_opt_in:
        return f"A lint for those who ask for it: it {found} where `[tool.gluedsl.rules]` names it."
    return f"A lint: it {found}, unless `[tool.gluedsl.rules]` or `allow=` say otherwise."


def markdown(rule: Rule) -> str:
    """Return the page of a rule as Markdown, without a headline."""
    shown = page(rule)
    rows = [shown.summary, weight(rule)]
    for section in shown.sections:
        rows += [f"## {section.heading}", section.text]
    if rule.url:
        rows += ["## AWS", f"<{rule.url}>"]
    return "\n\n".join(rows) + "\n"


def _parts(text: str) -> Iterator[str | Code]:
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _paragraphs(text[at : fence.start()])
        yield Code(language=fence[1], text=fence[2].rstrip("\n"))
        at = fence.end()
    yield from _paragraphs(text[at:])


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs, each on one line; an item of a list is one too."""
    for block in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        if block.strip():
            yield " ".join(block.split())
