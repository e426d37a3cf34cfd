"""Text from outside cannot command a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from gluedsl.diagnostics import Diagnostic, Related, Report, Severity
from gluedsl.diagnostics.render import concise, full
from gluedsl.diagnostics.render.visible import cells, visible, wrapped
from gluedsl.source.snippet import Sources
from gluedsl.source.span import Span

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain `text`", "plain `text`"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x1b[31mred\x07\x7f\x9b", "\\x1b[31mred\\x07\\x7f\\x9b"),
        ("\u202eevil\u200b\ufeff\u2028", "\\u202eevil\\u200b\\ufeff\\u2028"),
        ("\ud800\U000e0001\ue000", "\\ud800\\U000e0001\\ue000"),
        ("売上 é e\u0301 👍", "売上 é e\u0301 👍"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """What a terminal would obey or hide is spelled out; letters of any language stay."""
    assert visible(text) == expected


def test_visible_in_ascii() -> None:
    """Without Unicode everything else is spelled out."""
    assert visible("売上 é 👍 ok", ascii_only=True) == "\\u58f2\\u4e0a \\xe9 \\U0001f44d ok"


@given(ANY_TEXT, st.booleans())
def test_no_text_stays_a_command(text: str, ascii_only: bool) -> None:  # noqa: FBT001 -- made up by hypothesis
    """No control, format or unpaired character is left of any text."""
    shown = visible(text, ascii_only=ascii_only)

    assert {unicodedata.category(c) for c in shown}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    assert shown.isascii() or not ascii_only
    assert visible(shown, ascii_only=ascii_only) == shown


def test_wrapped() -> None:
    """Text is broken at spaces only, by its width in the terminal, and keeps its styles."""
    text = Text.assemble("one two ", ("three", "red"), " 売上売上 anextremelylongword end")

    lines = wrapped(text, 9)

    assert [line.plain for line in lines] == ["one two", "three", "売上売上", "anextremelylongword", "end"]
    assert [str(span.style) for span in lines[1].spans] == ["red"]


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")), st.integers(1, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, room: int) -> None:
    """A line is longer than its room only if it is one word."""
    lines = [line.plain for line in wrapped(Text(text), room)]

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line.strip()) <= room or " " not in line.strip() for line in lines)


@given(ANY_TEXT, st.integers(0, 120), st.booleans())
def test_no_finding_is_a_command(text: str, width: int, ascii_only: bool) -> None:  # noqa: FBT001 -- made up by hypothesis
    """Whatever stands in a finding, what is printed of it is lines of visible text."""
    span = Span(text, 1, 1, 1, 2)
    finding = Diagnostic(
        code="C",
        name=text,
        severity=Severity.ERROR,
        message=text,
        span=span,
        label=text,
        related=(Related(span=span, message=text),),
        notes=(text,),
        help=(text,),
        url=text,
    )
    report = Report.of([finding])

    for shown in (
        full.render(report, Sources(), width=width, ascii_only=ascii_only).plain,
        concise.render(report, ascii_only=ascii_only),
    ):
        assert visible(shown.replace("\n", ""), ascii_only=ascii_only) == shown.replace("\n", "")
