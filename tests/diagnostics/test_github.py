"""Findings as GitHub's annotations, exactly."""

from __future__ import annotations

from typing import Any

from gluedsl.diagnostics import Diagnostic, Related, Report, Severity
from gluedsl.diagnostics.render import github
from gluedsl.source.span import Span


def _finding(**fields: Any) -> Diagnostic:
    known: dict[str, Any] = {
        "code": "WF006",
        "name": "second-start-trigger",
        "severity": Severity.ERROR,
        "message": "workflow `sales` has a second start trigger, `second`",
        "span": Span("flows/sales.py", 5, 33, 5, 52),
    }
    return Diagnostic(**(known | fields))


def _shown(*diagnostics: Diagnostic) -> str:
    return github.render(Report.of(diagnostics))


def test_a_finding_with_all_it_can_have() -> None:
    """Notes and help stand below the message; other places have no annotation, for they are no findings."""
    finding = _finding(
        label="starts it too",
        related=(Related(span=Span("flows/sales.py", 3), message="the first"),),
        notes=("a run begins with one trigger",),
        help=("watch something", "or leave it out"),
        url="https://docs.aws.amazon.com/",
    )

    expected = (
        "::error file=flows/sales.py,line=5,endLine=5,col=33,endColumn=52,title=WF006 second-start-trigger"
        "::workflow `sales` has a second start trigger, `second`"
        "%0Anote: a run begins with one trigger%0Ahelp: watch something%0Ahelp: or leave it out\n"
    )
    assert expected == _shown(finding)


def test_severities() -> None:
    """What is only told is a notice."""
    shown = _shown(
        _finding(span=None, message="a"),
        _finding(span=None, message="b", severity=Severity.WARNING),
        _finding(span=None, message="c", severity=Severity.INFO),
    )

    expected = """\
::error title=WF006 second-start-trigger::a
::warning title=WF006 second-start-trigger::b
::notice title=WF006 second-start-trigger::c
"""
    assert expected == shown


def test_places() -> None:
    """Columns are told only of what begins and ends on one line, since GitHub takes no others."""
    shown = _shown(_finding(span=Span("a.py", 5), message="a"), _finding(span=Span("b.py", 5, 33, 7, 2), message="b"))

    expected = """\
::error file=a.py,line=5,title=WF006 second-start-trigger::a
::error file=b.py,line=5,endLine=7,title=WF006 second-start-trigger::b
"""
    assert expected == shown


def test_text_is_data() -> None:
    """No name ends its command, adds a property, or begins another command on a line of its own."""
    shown = _shown(
        _finding(
            span=Span("100%, a:b\n::stop-commands::x.py", 1),
            message="trigger `50%\r\n::set-env name=x::y, z` is \x1b[31mbad",
            help=("a\nb",),
        )
    )

    expected = (
        "::error file=100%25%2C a%3Ab\\n%3A%3Astop-commands%3A%3Ax.py,line=1,title=WF006 second-start-trigger"
        "::trigger `50%25\\r\\n::set-env name=x::y, z` is \\x1b[31mbad%0Ahelp: a\\nb\n"
    )
    assert expected == shown


def test_a_clean_report() -> None:
    """There is nothing to annotate."""
    assert _shown() == ""
