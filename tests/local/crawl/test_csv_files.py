"""The rules of the built-in CSV classifier.

https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#classifier-builtin-rules
"""

from __future__ import annotations

import pytest

from gluedsl.local.crawl.columns import type_text
from gluedsl.local.crawl.csv_files import read_csv


def _columns(text: str) -> dict[str, str]:
    found = read_csv(text, complete=True)
    assert found is not None
    return {column.name: type_text(column.type) for column in found.columns}


@pytest.mark.parametrize("delimiter", [",", "|", "\t", ";", "\x01"])
def test_each_documented_delimiter_is_found(delimiter: str) -> None:
    """Comma, pipe, tab, semicolon and Ctrl-A separate columns."""
    found = read_csv(f"id{delimiter}name\n1{delimiter}x\n2{delimiter}y\n", complete=True)

    assert found is not None
    assert (found.delimiter, found.header, found.records) == (delimiter, True, 2)
    assert [column.name for column in found.columns] == ["id", "name"]


def test_the_delimiter_that_makes_even_rows_wins() -> None:
    """Commas inside of texts do not make columns where pipes separate them."""
    found = read_csv("id|text\n1|a, b, c\n2|d\n3|e, f\n", complete=True)

    assert found is not None
    assert found.delimiter == "|"


def test_types_are_those_of_crawled_tables() -> None:
    """Whole numbers are bigint, others double, dates and times stay strings, empty columns are strings."""
    assert _columns(
        "Id,Price,When,At,Flag,Code,Gone,Mixed,Huge\n"
        "1,1.5,2026-01-02,2026-01-02 03:04:05,true,007,,1,12345678901234567890\n"
        "-2,2,2026-01-03,2026-01-03T03:04:05Z,FALSE,12,,x,1\n"
        " 3 ,1e3,,,,,,2.5,2\n"
    ) == {
        "id": "bigint",
        "price": "double",
        "when": "string",
        "at": "string",
        "flag": "boolean",
        "code": "bigint",
        "gone": "string",
        "mixed": "string",
        "huge": "double",
    }


def test_names_are_lower_case_and_keep_their_spaces() -> None:
    """`Date Granularity` becomes `date granularity`, as in crawled tables."""
    assert _columns("Measure ID,Date Granularity\n1,day\n") == {"measure id": "bigint", "date granularity": "string"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,city\nana,lima\nbob,oslo\n", "all columns are of type STRING"),
        ("name,1\nana,2\nbob,3\n", "a cell of the first row is a number"),
        (f"{'n' * 150},count\nana,2\nbob,3\n", "a cell of the first row has 150 characters"),
        (",count\nana,2\nbob,3\n", "a cell of the first row is no name"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_first_row_is_data_when_a_condition_of_a_header_fails(text: str, why: str) -> None:
    """Without a header the columns are col0, col1 and so on, and no line is skipped."""
    found = read_csv(text, complete=True)

    assert found is not None, why
    assert not found.header, why
    assert [column.name for column in found.columns] == ["col0", "col1"]
    assert found.records == 3


def test_last_column_may_be_empty_throughout_for_a_trailing_delimiter() -> None:
    """Every line may end in a delimiter: the last column is then empty, and has no name."""
    assert _columns("id,name,\n1,x,\n2,y,\n") == {"id": "bigint", "name": "string", "col2": "string"}


def test_last_header_cell_may_be_long() -> None:
    """The limit of 150 characters holds "except for the last column"."""
    found = read_csv(f"id,{'n' * 200}\n1,x\n", complete=True)

    assert found is not None
    assert found.header


@pytest.mark.parametrize(
    "text",
    ["one column\nonly\n", "id,name\n", "a log line, with a comma\nand one without\nand another\nand more\n", ""],
    ids=["one column", "one row", "uneven", "nothing"],
)
def test_what_has_no_two_columns_or_no_two_rows_is_not_csv(text: str) -> None:
    """A table has at least two columns and two rows, which are even."""
    assert read_csv(text, complete=True) is None


def test_quoted_cells_hold_delimiters_and_line_ends() -> None:
    """A record may go over several lines."""
    found = read_csv('id,text\n1,"a, b\nc"\n2,"say ""x"""\n', complete=True)

    assert found is not None
    assert found.records == 2
    assert [type_text(column.type) for column in found.columns] == ["bigint", "string"]


def test_only_the_first_thousand_records_decide_types() -> None:
    """A text in record 1,001 is not seen, as on AWS; the count of records goes on."""
    found = read_csv("id,n\n" + "1,2\n" * 1000 + "1,x\n", complete=True)

    assert found is not None
    assert [type_text(column.type) for column in found.columns] == ["bigint", "bigint"]
    assert found.records == 1001


def test_a_record_that_the_sample_cuts_does_not_count() -> None:
    """The last record of a beginning is not whole."""
    found = read_csv("id,n\n1,2\n3,4\n5,x", complete=False)

    assert found is not None
    assert [type_text(column.type) for column in found.columns] == ["bigint", "bigint"]
    assert found.records == 2


def test_a_cell_larger_than_any_reader_takes_ends_the_reading() -> None:
    """What came before it still counts."""
    found = read_csv("id,n\n1,2\n3,4\n5," + "x" * 200_000 + "\n6,7\n", complete=True)

    assert found is not None
    assert found.records == 2
