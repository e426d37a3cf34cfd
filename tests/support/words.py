"""Words that only an author of Python knows, found in what is said to readers of templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import gluedsl
from gluedsl.spelling import tables
from gluedsl.spelling.codec import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.diagnostics import Diagnostic

FIELDS = {
    each.attribute
    for shape in vars(tables).values()
    if isinstance(shape, Shape)
    for each in shape.fields
    if "_" in each.attribute
}
KEYWORDS = FIELDS | {"after", "allow", "extra", "libraries", "reads", "script", "start", "when", "workers", "writes"}
CALLS = {name for name in gluedsl.__all__ if name != "cron"}  # of which Glue has one of its own
_SHOWN = re.compile("`([^`]*)`")
_CALL = re.compile(r"\b(\w+)\(")
_KEYWORD = re.compile(r"\b(\w+)=")


def python_words(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return what is in back ticks and is Python, each after the code of its rule."""
    return [f"{one.code}: {shown}" for one in diagnostics for shown in _shown(one) if _is_python(shown)]


def _shown(finding: Diagnostic) -> Iterator[str]:
    for text in (finding.message, finding.label, *finding.notes, *finding.help, *(r.message for r in finding.related)):
        yield from _SHOWN.findall(text)


def _is_python(shown: str) -> bool:
    calls, keywords = _CALL.findall(shown), _KEYWORD.findall(shown)
    return shown in FIELDS or not CALLS.isdisjoint(calls) or not KEYWORDS.isdisjoint(keywords)
