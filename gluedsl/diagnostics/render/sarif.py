"""Findings for code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

Comes in: a report, and what there is to say of the rules in it. Goes out: one run of gluedsl as JSON in ASCII.
Paths are relative to the folder that gluedsl ran in, and a fingerprint stays the same when lines move.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gluedsl.diagnostics.diagnostic import Severity
from gluedsl.diagnostics.render.json import dumped
from gluedsl.diagnostics.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gluedsl.diagnostics.diagnostic import Diagnostic
    from gluedsl.diagnostics.report import Report
    from gluedsl.source.span import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What code scanning shows of a rule."""

    code: str
    name: str
    summary: str
    text: str
    """The rule's page, as plain text."""
    markdown: str
    """The same with formatting."""
    severity: Severity
    url: str = ""


def render(report: Report, descriptors: Iterable[Descriptor], *, version: str) -> str:
    """Return a log with all findings; `version` is gluedsl's."""
    by_code = {descriptor.code: descriptor for descriptor in descriptors}
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    rules = [_rule(by_code[code]) for code in codes if code in by_code]
    run = {
        "tool": {"driver": {"name": "gluedsl", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that gluedsl ran in."}}},
        "results": _results(report.diagnostics, {rule["id"]: index for index, rule in enumerate(rules)}),
    }
    return dumped({"$schema": SCHEMA, "version": VERSION, "runs": [run]})


def _rule(descriptor: Descriptor) -> dict[str, Any]:
    return {
        "id": descriptor.code,
        "name": descriptor.name,
        "shortDescription": {"text": descriptor.summary},
        "help": {"text": descriptor.text, "markdown": descriptor.markdown},
        "defaultConfiguration": {"level": _LEVELS[descriptor.severity]},
        **({"helpUri": descriptor.url} if descriptor.url else {}),
    }


def _results(diagnostics: Sequence[Diagnostic], indexes: Mapping[str, int]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for diagnostic in diagnostics:
        fingerprint = _fingerprint(diagnostic)
        seen[fingerprint] += 1
        index = {"ruleIndex": indexes[diagnostic.code]} if diagnostic.code in indexes else {}
        result: dict[str, Any] = {
            "ruleId": diagnostic.code,
            **index,
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": _text(diagnostic)},
            # GitHub tells findings of two runs apart by this one; a colon and a number tell equal ones apart.
            "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        }
        if diagnostic.span is not None:
            result["locations"] = [{"physicalLocation": _place(diagnostic.span)}]
        if diagnostic.related:
            result["relatedLocations"] = [
                {"id": number, "physicalLocation": _place(related.span), "message": {"text": _escaped(related.message)}}
                for number, related in enumerate(diagnostic.related, start=1)
            ]
        results.append(result)
    return results


def _text(diagnostic: Diagnostic) -> str:
    remarks = [*(f"note: {note}" for note in diagnostic.notes), *(f"help: {advice}" for advice in diagnostic.help)]
    return "\n".join(map(_escaped, [diagnostic.message, *remarks]))


def _escaped(text: str) -> str:
    """Return a message without what is a placeholder or a link to its readers (sections 3.11.5 and 3.11.6)."""
    return _LINK.sub(r"\\[", visible(text).replace("{", "{{").replace("}", "}}"))


def _fingerprint(diagnostic: Diagnostic) -> str:
    file = diagnostic.span.file if diagnostic.span is not None else ""
    parts = f"{diagnostic.code}\0{file}\0{diagnostic.message}"
    return hashlib.sha256(parts.encode(errors="backslashreplace")).hexdigest()[:16]


def _place(span: Span) -> dict[str, Any]:
    region = {"startLine": span.line}
    if not span.is_line_only:
        region |= {"startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    return {"artifactLocation": _file(span.file), "region": region}


def _file(file: str) -> dict[str, str]:
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": _ROOT}
