"""Findings as people read them, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from gluedsl.diagnostics import Diagnostic, Related, Report, Severity
from gluedsl.diagnostics.render import full
from gluedsl.source.snippet import Sources
from gluedsl.source.span import Span

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """\
from gluedsl import Crawler, Trigger, Workflow, all_of, any_of, cron

sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"))

latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])
sales.add(latter)
sales.add(
    Crawler("sales-catalog", database="sales"),
    after=all_of(
        load_orders,
    ),
)
\tnames = ["売上", "é́clair"]; "\x1b[31m"
"""


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    (tmp_path / "other.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def _flow(line: int, column: int = 1, end_line: int = 0, end_column: int = 0) -> Span:
    return Span("flow.py", line, column, end_line, end_column)


def _finding(**fields: Any) -> Diagnostic:
    known: dict[str, Any] = {
        "code": "WF006",
        "name": "second-start-trigger",
        "severity": Severity.ERROR,
        "message": "workflow `nightly-sales` has a second start trigger, `second`",
        "span": _flow(5, 33, 5, 52),
    }
    return Diagnostic(**(known | fields))


def _shown(*diagnostics: Diagnostic, width: int = 100, ascii_only: bool = False) -> str:
    return full.render(Report.of(diagnostics), Sources(), width=width, ascii_only=ascii_only).plain


TWO_STARTS = _finding(
    label="starts it too",
    related=(Related(span=_flow(3, 41, 3, 60), message="the first start"),),
    notes=("a run begins with one trigger, and Glue refuses to create the second with InvalidInputException",),
    help=("watch something with `when=`, or give `second` a workflow of its own",),
    url="https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html",
)


def test_a_finding_with_all_it_can_have() -> None:
    """A finding shows its source and related source underlined, then notes, help and AWS's page."""
    shown = _shown(TWO_STARTS, width=100)

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:5:33
  |
3 | sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"))
  |                                         ------------------- the first start
4 |
5 | latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])
  |                                 ^^^^^^^^^^^^^^^^^^^ starts it too
  |
  = note: a run begins with one trigger, and Glue refuses to create the second with
          InvalidInputException
  = help: watch something with `when=`, or give `second` a workflow of its own
  = see: https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_narrow_terminal() -> None:
    """Lines too long for the terminal are cut around what is underlined, and text is wrapped."""
    shown = _shown(TWO_STARTS, width=60)

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start
  trigger, `second`
 --> flow.py:5:33
  |
3 | … = Workflow("nightly-sales", start=cron("0 2 * * ? *"))
  |                                     -------------------
  |                                     the first start
4 |
5 | …er = Trigger("second", when=cron("0 3 * * ? *"), start…
  |                              ^^^^^^^^^^^^^^^^^^^
  |                              starts it too
  |
  = note: a run begins with one trigger, and Glue refuses to
          create the second with InvalidInputException
  = help: watch something with `when=`, or give `second` a
          workflow of its own
  = see: https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_ascii_only() -> None:
    """Without Unicode a cut is shown by three dots."""
    shown = _shown(TWO_STARTS, width=60, ascii_only=True)

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start
  trigger, `second`
 --> flow.py:5:33
  |
3 | ... Workflow("nightly-sales", start=cron("0 2 * * ? *"))
  |                                     -------------------
  |                                     the first start
4 |
5 | ... = Trigger("second", when=cron("0 3 * * ? *"), sta...
  |                              ^^^^^^^^^^^^^^^^^^^
  |                              starts it too
  |
  = note: a run begins with one trigger, and Glue refuses to
          create the second with InvalidInputException
  = help: watch something with `when=`, or give `second` a
          workflow of its own
  = see: https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_adjacent_lines_and_a_gap() -> None:
    """Adjacent lines stand together; a line between two is shown, more than one is left out."""
    shown = _shown(
        _finding(
            span=_flow(12, 1, 12, 2),
            label="the end",
            related=(
                Related(span=_flow(5, 1, 5, 7), message="made"),
                Related(span=_flow(6, 11, 6, 17), message="added"),
                Related(span=_flow(8, 5, 8, 12), message="another"),
            ),
        )
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
  --> flow.py:12:1
   |
 5 | latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])
   | ------ made
 6 | sales.add(latter)
   |           ------ added
 7 | sales.add(
 8 |     Crawler("sales-catalog", database="sales"),
   |     ------- another
...
12 | )
   | ^ the end
   |
   = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_marks_in_one_line() -> None:
    """Several places in one line are underlined one below the other."""
    shown = _shown(
        _finding(
            label="second",
            related=(
                Related(span=_flow(5, 10, 5, 17), message="a trigger"),
                Related(span=_flow(5, 61, 5, 72), message="starts this"),
            ),
        )
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:5:33
  |
5 | latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])
  |          ------- a trigger
  |                                 ^^^^^^^^^^^^^^^^^^^ second
  |                                                             ----------- starts this
  |
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_span_of_several_lines() -> None:
    """A span of several lines is underlined to the end of its first, and says where it ends."""
    shown = _shown(_finding(span=_flow(9, 11, 11, 6), label="a list"), _finding(span=_flow(9, 11, 11, 6)))

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:9:11
  |
9 |     after=all_of(
  |           ^^^^^^^ a list (up to line 11)
  |
  = explain: gluedsl explain WF006

error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:9:11
  |
9 |     after=all_of(
  |           ^^^^^^^ (up to line 11)
  |
  = explain: gluedsl explain WF006

2 errors
"""
    assert shown == expected


def test_a_line_without_columns() -> None:
    """Where only the line is known, its whole text is underlined."""
    shown = _shown(_finding(span=_flow(8), label="no database"))

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:8
  |
8 |     Crawler("sales-catalog", database="sales"),
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no database
  |
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_wide_narrow_and_hidden_characters() -> None:
    """Tabs are expanded, wide characters take two columns, accents none, and escapes are spelled out."""
    shown = _shown(
        _finding(
            span=_flow(13, 11, 13, 15),
            label="is not ASCII",
            related=(
                Related(span=_flow(13, 17, 13, 26), message="neither is this"),
                Related(span=_flow(13, 30, 13, 34), message="an escape"),
            ),
        )
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
  --> flow.py:13:11
   |
13 |     names = ["売上", "é́clair"]; "\\x1b[31m"
   |              ^^^^^^ is not ASCII
   |                      -------- neither is this
   |                                  ------- an escape
   |
   = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_wide_characters_in_ascii() -> None:
    """Without Unicode every other character is spelled out, and underlined as long as it then is."""
    shown = _shown(
        _finding(
            span=_flow(13, 11, 13, 15),
            label="is not ASCII",
            related=(Related(span=_flow(13, 17, 13, 26), message="neither is this"),),
        ),
        ascii_only=True,
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
  --> flow.py:13:11
   |
13 |     names = ["\\u58f2\\u4e0a", "\\xe9\\u0301clair"]; "\\x1b[31m"
   |              ^^^^^^^^^^^^^^ is not ASCII
   |                              ----------------- neither is this
   |
   = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_message_at_the_right_edge() -> None:
    """A message that has no room beside its mark stands below, as far right as it can."""
    shown = _shown(_finding(span=_flow(5, 73, 5, 87), label="job `load_customers` belongs to another workflow"))

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:5:73
  |
5 | latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])
  |                                                                         ^^^^^^^^^^^^^^
  |                                                 job `load_customers` belongs to another workflow
  |
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_message_longer_than_a_line() -> None:
    """A message longer than a line is wrapped below its mark."""
    shown = _shown(
        _finding(
            span=_flow(5, 73, 5, 87),
            label="job `load_customers` belongs to workflow `monthly-sales`, and this one needs its own job",
        ),
        width=60,
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start
  trigger, `second`
 --> flow.py:5:73
  |
5 | …on("0 3 * * ? *"), start=[load_orders, load_customers])
  |                                        ^^^^^^^^^^^^^^
  | job `load_customers` belongs to workflow
  | `monthly-sales`, and this one needs its own job
  |
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_other_files() -> None:
    """A place in another file has a block of its own; one that cannot be shown is named with its message."""
    shown = _shown(
        _finding(
            span=_flow(3, 1, 3, 6),
            label="here",
            related=(
                Related(span=Span("other.py", 1, 5, 1, 6), message="there"),
                Related(span=Span("gone.py", 7, 3, 7, 4), message="and where nobody can look"),
                Related(span=_flow(99, 3, 99, 4), message="behind its end"),
            ),
        )
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:3:1
  |
3 | sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"))
  | ^^^^^ here
  |
 --> flow.py:99:3: behind its end
 --> other.py:1:5
  |
1 | x = 1
  |     - there
  |
 --> gone.py:7:3: and where nobody can look
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_missing_file() -> None:
    """A finding in a file that cannot be read still says where it is."""
    shown = _shown(
        _finding(span=Span("gone.py", 7, 3, 7, 4), label="here", notes=("a note",)), _finding(span=Span("gone.py", 8))
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> gone.py:7:3: here
  = note: a note
  = explain: gluedsl explain WF006

error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> gone.py:8
  = explain: gluedsl explain WF006

2 errors
"""
    assert shown == expected


def test_no_place() -> None:
    """A finding without a place has no arrow."""
    shown = _shown(_finding(span=None, help=("do this", "or this")))

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
  = help: do this
  = help: or this
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_stale_columns() -> None:
    """Columns behind the end of a line, as of a file that has changed since, are marked at its end."""
    shown = _shown(
        _finding(span=_flow(2, 1, 2, 3), label="an empty line"),
        _finding(span=_flow(3, 200, 3, 210), label="behind the end"),
    )

    expected = """\
error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:2:1
  |
2 |
  | ^ an empty line
  |
  = explain: gluedsl explain WF006

error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
 --> flow.py:3:200
  |
3 | sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"))
  |                                                             ^ behind the end
  |
  = explain: gluedsl explain WF006

2 errors
"""
    assert shown == expected


def test_severities() -> None:
    """Each severity is counted in the last line, and those that did not occur are not spoken of."""
    shown = _shown(
        _finding(span=None),
        _finding(span=None, severity=Severity.WARNING, code="GR001", message="a"),
        _finding(span=None, severity=Severity.INFO, code="GR002", message="b"),
        _finding(span=None, severity=Severity.INFO, code="GR004", message="c"),
    )

    expected = """\
warning[GR001]: a
  = explain: gluedsl explain GR001

info[GR002]: b
  = explain: gluedsl explain GR002

info[GR004]: c
  = explain: gluedsl explain GR004

error[WF006]: workflow `nightly-sales` has a second start trigger, `second`
  = explain: gluedsl explain WF006

1 error, 1 warning, 2 infos
"""
    assert shown == expected


def test_text_is_data() -> None:
    """Nothing that a name, a file or a message holds reaches the terminal as a command."""
    shown = _shown(
        _finding(
            message="trigger `a\nb\x1b[31m` is \u202ebad",
            span=Span("f\x07.py", 1, 1, 1, 2),
            label="x\ty",
            notes=("é",),
            help=("\x00",),
            url="http://x/\x7f",
        )
    )

    expected = """\
error[WF006]: trigger `a\\nb\\x1b[31m` is \\u202ebad
 --> f\\x07.py:1:1: x\\ty
  = note: é
  = help: \\x00
  = see: http://x/\\x7f
  = explain: gluedsl explain WF006

1 error
"""
    assert shown == expected


def test_a_clean_report() -> None:
    """There is nothing to say of a report without findings."""
    assert _shown() == ""


def test_colour() -> None:
    """A console that has colours prints severity, marks and frame in their own."""
    console = Console(width=100, force_terminal=True, color_system="standard", legacy_windows=False)
    text = full.render(Report.of([_finding(label="here", help=("do this",))]), Sources())

    with console.capture() as capture:
        console.print(text, end="", soft_wrap=True)

    assert capture.get().splitlines() == [
        "\x1b[1;31merror[WF006]\x1b[0m\x1b[1m: workflow `nightly-sales` has a second start trigger, `second`\x1b[0m",
        "\x1b[34m --> \x1b[0mflow.py:5:33",
        "\x1b[34m  |\x1b[0m",
        '\x1b[34m5 |\x1b[0m latter = Trigger("second", when=cron("0 3 * * ? *"), start=[load_orders, load_customers])',
        "\x1b[34m  |\x1b[0m \x1b[1;31m                                ^^^^^^^^^^^^^^^^^^^ here\x1b[0m",
        "\x1b[34m  |\x1b[0m",
        "\x1b[34m  = \x1b[0m\x1b[1mhelp\x1b[0m: do this",
        "\x1b[34m  = \x1b[0m\x1b[1mexplain\x1b[0m: gluedsl explain WF006",
        "",
        "\x1b[1m1 error\x1b[0m",
    ]


@pytest.mark.parametrize("width", [-5, 0, 1, 10, 30])
def test_no_width_is_too_small(width: int) -> None:
    """However narrow the terminal, a finding is shown, and its source keeps some room."""
    assert "Trigger(" in _shown(_finding(span=_flow(5, 10, 5, 17)), width=width)


def test_a_line_of_megabytes(tmp_path: Path) -> None:
    """A template in one enormous line is cut as fast as any."""
    (tmp_path / "template.json").write_text('{"x": "' + "é" * 3_000_000 + '", "here": 1}', encoding="utf-8")
    span = Span("template.json", 1, 3_000_011, 1, 3_000_017)

    expected = """\
error[WF006]: m
 --> template.json:1:3000011
  |
1 | …éééééééééééééééééééééééééééééééééééééééééé", "here": 1}
  |                                               ^^^^^^
  |                                               a label
  |
  = explain: gluedsl explain WF006

1 error
"""

    assert _shown(_finding(message="m", span=span, label="a label"), width=60) == expected


def test_a_line_that_one_finding_hides_is_shown_by_none() -> None:
    """What looks like a secret may stand in a line that something else is said of."""
    hiding = _finding(code="WF014", message="looks like a secret", span=_flow(3, 9, 3, 10), hides_source=True)
    beside = _finding(code="SC010", message="too fast", span=_flow(3, 46, 3, 47))
    elsewhere = _finding(span=_flow(5, 33, 5, 38), related=(Related(span=_flow(3, 1, 3, 6), message="the first"),))

    shown = _shown(hiding, beside, elsewhere)

    assert "nightly-sales" not in shown.replace("workflow `nightly-sales`", "")
    assert shown.count("--> flow.py:3:") == 3
    assert 'when=cron("0 3 * * ? *")' in shown


def test_errors_alone() -> None:
    """What hides its source hides it in errors, too, although it is not shown itself."""
    hiding = _finding(code="WF014", severity=Severity.WARNING, span=_flow(3, 9, 3, 10), hides_source=True)
    error = _finding(code="SC010", message="too fast", span=_flow(3, 46, 3, 47))
    report = Report.of([hiding, error, _finding(severity=Severity.INFO), _finding(severity=Severity.INFO, message="m")])

    shown = full.render(report, Sources(), errors_alone=True).plain

    assert shown.startswith("error[SC010]: too fast\n --> flow.py:3:46\n")
    assert shown.endswith("\n1 error\n")
    assert "nightly" not in shown
    assert full.lesser(report) == "1 warning and 2 infos"
    assert full.lesser(Report.of([error])) == ""
