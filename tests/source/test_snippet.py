"""Source lines behind a span: read once, and never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from gluedsl.source.snippet import Sources


def _written(folder: Path, content: bytes) -> str:
    file = folder / "flow.py"
    file.write_bytes(content)
    return str(file)


def test_line_counts_from_one(tmp_path: Path) -> None:
    """Lines count from 1; there is none before the first or after the last."""
    file = _written(tmp_path, b"one\ntwo\n")

    found = [Sources().line(file, number) for number in (-1, 0, 1, 2, 3)]

    assert found == [None, None, "one", "two", None]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", ()),
        (b"one", ("one",)),
        (b"one\r\ntwo\rthree\n", ("one", "two", "three")),
        (b"a\x0cb\x1cc\n\n", ("a\x0cb\x1cc", "")),
        ("a\u2028b\n".encode(), ("a\u2028b",)),
        ("\ufeffx = 1\n".encode(), ("x = 1",)),
        ("# coding: latin-1\né\n".encode("latin-1"), ("# coding: latin-1", "é")),
        (b"# coding: no-such-codec\n\xff\n", ("# coding: no-such-codec", "\ufffd")),
        (b"# coding: rot13\nabc\n", ("# coding: rot13", "abc")),
        (b"\xff\xfe\x00\n", ("\ufffd\ufffd\x00",)),
    ],
)
def test_lines_are_pythons_lines(tmp_path: Path, content: bytes, lines: tuple[str, ...]) -> None:
    """Lines end where Python ends them, in the encoding that the file names, and undecodable bytes are replaced."""
    assert Sources().lines(_written(tmp_path, content)) == lines


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    """A missing file, a folder and a name that no file can have give nothing."""
    sources = Sources()

    found = [sources.line(file, 1) for file in (str(tmp_path / "gone.py"), str(tmp_path), "a\0b", "")]

    assert found == [None, None, None, None]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    """What was read first stays, so that all findings of a report speak of the same text."""
    file = _written(tmp_path, b"before\n")
    sources = Sources()
    sources.lines(file)

    Path(file).write_bytes(b"after\n")

    assert sources.line(file, 1) == "before"


def test_a_relative_file_is_looked_up_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file named as it is shown, relative to the current directory, is found there."""
    _written(tmp_path, b"here\n")
    monkeypatch.chdir(tmp_path)

    assert Sources().line("flow.py", 1) == "here"
