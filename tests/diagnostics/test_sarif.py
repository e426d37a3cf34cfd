"""Findings as SARIF, exactly, and as its schema wants them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gluedsl.diagnostics import Diagnostic, Related, Report, Severity
from gluedsl.diagnostics.render import sarif
from gluedsl.diagnostics.render.sarif import Descriptor
from gluedsl.source.span import Span
from tests.support.sarif_witness import complaints

RULES = (
    Descriptor(
        code="WF006",
        name="second-start-trigger",
        summary="A workflow has two start triggers.",
        text="A workflow has two start triggers.\n",
        markdown="A workflow has `two` start triggers.\n",
        severity=Severity.ERROR,
        url="https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html",
    ),
    Descriptor(
        code="GR004",
        name="twice-started-node",
        summary="One run can start a job twice.",
        text="One run can start a job twice.\n",
        markdown="One run can start a job twice.\n",
        severity=Severity.WARNING,
    ),
)
FINDING = Diagnostic(
    code="WF006",
    name="second-start-trigger",
    severity=Severity.ERROR,
    message="workflow `sales` has a second start trigger, `second`",
    span=Span("flows/sales.py", 5, 33, 5, 52),
    label="starts it too",
    related=(Related(span=Span("flows/sales.py", 3, 41, 4, 2), message="the first start"),),
    notes=("a run begins with one trigger",),
    help=("watch something with `when=`",),
    url="https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html",
)


def _log(*diagnostics: Diagnostic) -> dict[str, Any]:
    shown = sarif.render(Report.of(diagnostics), RULES, version="1.2.3")
    assert shown.isascii()
    log: dict[str, Any] = json.loads(shown)
    assert complaints(log) == []
    return log


def _results(*diagnostics: Diagnostic) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = _log(*diagnostics)["runs"][0]["results"]
    return results


def _uri(file: str) -> dict[str, str]:
    (result,) = _results(replace(FINDING, span=Span(file, 1)))
    location: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return location


def test_a_finding_with_all_it_can_have() -> None:
    """The whole log: the rule with its page, the finding, its place, and the other place that it speaks of."""
    expected = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "gluedsl",
                        "version": "1.2.3",
                        "rules": [
                            {
                                "id": "WF006",
                                "name": "second-start-trigger",
                                "shortDescription": {"text": "A workflow has two start triggers."},
                                "help": {
                                    "text": "A workflow has two start triggers.\n",
                                    "markdown": "A workflow has `two` start triggers.\n",
                                },
                                "defaultConfiguration": {"level": "error"},
                                "helpUri": "https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html",
                            }
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that gluedsl ran in."}}},
                "results": [
                    {
                        "ruleId": "WF006",
                        "ruleIndex": 0,
                        "level": "error",
                        "message": {
                            "text": "workflow `sales` has a second start trigger, `second`\n"
                            "note: a run begins with one trigger\n"
                            "help: watch something with `when=`"
                        },
                        "partialFingerprints": {"primaryLocationLineHash": "1c24172073fb4ec5:1"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "flows/sales.py", "uriBaseId": "%SRCROOT%"},
                                    "region": {"startLine": 5, "startColumn": 33, "endLine": 5, "endColumn": 52},
                                }
                            }
                        ],
                        "relatedLocations": [
                            {
                                "id": 1,
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "flows/sales.py", "uriBaseId": "%SRCROOT%"},
                                    "region": {"startLine": 3, "startColumn": 41, "endLine": 4, "endColumn": 2},
                                },
                                "message": {"text": "the first start"},
                            }
                        ],
                    }
                ],
            }
        ],
    }
    assert expected == _log(FINDING)


def test_a_clean_report() -> None:
    """A run without findings has neither results nor rules."""
    (run,) = _log()["runs"]

    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_rules_stand_once_and_findings_point_at_them() -> None:
    """Rules without findings are left out; the others stand in order of their codes."""
    twice = replace(FINDING, code="GR004", name="twice-started-node", span=None)
    log = _log(FINDING, twice, replace(FINDING, span=Span("z.py", 1)))
    (run,) = log["runs"]

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["GR004", "WF006"]
    assert [(r["ruleId"], r["ruleIndex"]) for r in run["results"]] == [("GR004", 0), ("WF006", 1), ("WF006", 1)]


def test_a_finding_of_an_unknown_rule() -> None:
    """It is reported all the same, without a page to point at."""
    (result,) = _results(replace(FINDING, code="X001"))

    assert (result["ruleId"], "ruleIndex" in result) == ("X001", False)


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_levels(severity: Severity, level: str) -> None:
    """The level is the finding's own, whatever its rule usually has."""
    (result,) = _results(replace(FINDING, severity=severity))

    assert level == result["level"]


def test_what_is_not_known_is_left_out() -> None:
    """A finding may have no place, or no columns."""
    nowhere, line_only = _results(
        replace(FINDING, span=None, related=()), replace(FINDING, span=Span("a.py", 7), related=())
    )

    assert "locations" not in nowhere
    assert "relatedLocations" not in nowhere
    assert line_only["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}


def test_paths_are_relative_and_percent_encoded() -> None:
    """A file outside of the folder has a URI of its own."""
    assert _uri("a b/100%/#1?:é.py") == {"uri": "a%20b/100%25/%231%3F%3A%C3%A9.py", "uriBaseId": "%SRCROOT%"}
    assert _uri("/else where/flow.py") == {"uri": "file:///else%20where/flow.py"}


def test_fingerprints_stay_when_lines_move() -> None:
    """They tell findings apart by rule, file and message; equal ones are numbered."""
    moved = replace(FINDING, span=Span("flows/sales.py", 905, 1, 905, 20))
    others = [
        replace(FINDING, code="GR004"),
        replace(FINDING, message="another"),
        replace(FINDING, span=Span("b.py", 5, 33, 5, 52)),
    ]
    hashes = [_results(one)[0]["partialFingerprints"]["primaryLocationLineHash"] for one in (FINDING, moved, *others)]
    both = [result["partialFingerprints"]["primaryLocationLineHash"] for result in _results(FINDING, moved)]

    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 4
    assert both == [hashes[0], hashes[0].replace(":1", ":2")]


def test_text_is_data() -> None:
    """No name is taken for a placeholder or a link; the page of a rule is as it is."""
    named = replace(FINDING, message="job `{0}` of `[here](https://example.com)` has [a, b] \n\x1b\ud800", span=None)
    (result,) = _results(replace(named, notes=(), help=(), related=()))

    assert result["message"]["text"] == "job `{{0}}` of `\\[here](https://example.com)` has [a, b] \\n\\x1b\\ud800"
