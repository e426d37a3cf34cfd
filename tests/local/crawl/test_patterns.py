"""Exclude patterns, by the examples of AWS's own page.

https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html#crawler-data-stores-exclude
"""

from __future__ import annotations

import pytest

from gluedsl.local.crawl import CrawlError
from gluedsl.local.crawl.patterns import compiled

_KEYS = (
    "departments/finance.json",
    "departments/market-us.json",
    "departments/market-emea.json",
    "departments/market-ap.json",
    "employees/hr.json",
    "employees/john.csv",
    "employees/jane.csv",
    "employees/juan.txt",
)


@pytest.mark.parametrize(
    ("pattern", "excluded"),
    [
        ("departments/**", _KEYS[:4]),
        ("departments/market*", _KEYS[1:4]),
        ("**.csv", _KEYS[5:7]),
        ("employees/*.csv", _KEYS[5:7]),
        ("*.csv", ()),
        ("employees/{hr,juan}.*", (_KEYS[4], _KEYS[7])),
        ("employees/j[ao]*", _KEYS[5:7]),
        ("employees/[!j]*", (_KEYS[4],)),
        ("employees/????.csv", _KEYS[5:7]),
    ],
)
def test_patterns_of_the_example_folder(pattern: str, excluded: tuple[str, ...]) -> None:
    """A pattern is matched as a whole, from the include path on."""
    assert tuple(key for key in _KEYS if compiled(pattern).fullmatch(key)) == excluded


@pytest.mark.parametrize(
    ("pattern", "matches", "does_not"),
    [
        ("*.*", ("a.b",), ("ab", "x/a.b")),
        ("*.{csv,avro}", ("x.csv", "x.avro"), ("x.json",)),
        ("foo.?", ("foo.x",), ("foo.xy", "foo.", "foo./")),
        ("myfolder/*", ("myfolder/mysource",), ("myfolder/mysource/data",)),
        ("myfolder/*/*", ("myfolder/mysource/data",), ("myfolder/mysource",)),
        ("myfolder/**", ("myfolder/mysource/mydata",), ("myfolder",)),
        ("myfolder**", ("myfolder", "myfolder/mydata.txt"), ("my/folder",)),
        ("*", (".hidden",), ()),
        (r"a\*b", ("a*b",), ("axb",)),
        (r"\{x\}", ("{x}",), ("x",)),
        (r"a\\b", (r"a\b",), ("ab",)),
        ("[abce-g]", ("a", "f"), ("d", "h")),
        ("[-a]", ("-", "a"), ("b",)),
        ("[!-a]", ("b",), ("-", "a", "/")),
        (r"[*?\]", ("*", "?", "\\"), ("a",)),
        ("[^a]", ("^", "a"), ("b",)),
        ("2015/01/{[!0],0[8-9]}**", ("2015/01/10/x", "2015/01/08/x", "2015/01/31"), ("2015/01/07/x", "2015/02/10/x")),
        ("2015/0[2-9]/**", ("2015/02/01",), ("2015/01/01", "2015/10/01")),
    ],
)
def test_each_sign_means_what_aws_says(pattern: str, matches: tuple[str, ...], does_not: tuple[str, ...]) -> None:
    """Stars stop at slashes, two stars do not; brackets, braces and backslashes are those of the page."""
    assert [text for text in matches if not compiled(pattern).fullmatch(text)] == []
    assert [text for text in does_not if compiled(pattern).fullmatch(text)] == []


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a{b", "Exclude pattern `a{b`: a `{` is not closed."),
        ("a[b", "Exclude pattern `a[b`: a `[` is not closed."),
        ("a[]b", "Exclude pattern `a[]b`: a `[` is not closed."),
        ("{a,{b}}", "Exclude pattern `{a,{b}}`: groups cannot be nested."),
        ("a\\", "Exclude pattern `a\\`: a `\\` escapes nothing."),
        ("[z-a]", "Exclude pattern `[z-a]`: `[z-a]` is no set of characters."),
    ],
)
def test_broken_patterns_are_refused(pattern: str, message: str) -> None:
    """A pattern that AWS's rules do not allow fails the crawl."""
    with pytest.raises(CrawlError) as caught:
        compiled(pattern)

    assert caught.value.message == message
