"""JSON to columns."""

from __future__ import annotations

import pytest

from gluedsl.local.crawl.columns import type_text
from gluedsl.local.crawl.json_files import JsonRecords, read_json


def _read(text: str, *, complete: bool = True) -> JsonRecords:
    found = read_json(text, complete=complete)
    assert found is not None
    return found


def _types(text: str) -> dict[str, str]:
    return {column.name: type_text(column.type) for column in _read(text).columns}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("1; -2147483648", "int"),
        ("1; 2147483648", "bigint"),
        ("1; 9223372036854775808", "double"),
        ("1; 1.5", "double"),
        ("true; null", "boolean"),
        ("null; null", "string"),
        ('"2026-01-02"; "x"', "string"),
        ('1; "x"', "string"),
        ("1; true", "string"),
        ("[]; []", "array<string>"),
        ("[1]; [2.5, null]", "array<double>"),
        ("{}; {}", "struct<>"),
        ('{"B": 1}; {"a": {"C": [true]}}', "struct<b:int,a:struct<c:array<boolean>>>"),
        ('{"a": 1}; [1]', "string"),
    ],
)
def test_values_have_the_types_of_crawled_tables(values: str, expected: str) -> None:
    """Types of several records join; what has nothing in common is a string."""
    assert _types("\n".join(f'{{"v": {value}}}' for value in values.split("; "))) == {"v": expected}


def test_columns_come_in_the_order_of_their_first_appearance() -> None:
    """Names differ from paths only in case and order."""
    found = _read('{"Zip": 1, "Name": "x"}\n{"age": 3, "Zip": 2}\n')

    assert [column.name for column in found.columns] == ["zip", "name", "age"]
    assert found.paths == ("Name", "Zip", "age")
    assert found.records == 2


def test_objects_need_no_lines_of_their_own() -> None:
    """Firehose writes one object after another, people write one over several lines."""
    assert _read('{"a": 1}{"a": 2}{"a": 3}').records == 3
    assert _read('{\n  "a": 1\n}\n').records == 1


def test_an_array_is_one_column_of_that_name() -> None:
    """The built-in classifier "treats the data as one object, that is, just an array"."""
    found = _read('[{"Type": "x", "id": 1},\n {"Type": "y", "id": 2}]\n')

    assert [(column.name, type_text(column.type)) for column in found.columns] == [
        ("array", "array<struct<type:string,id:int>>")
    ]
    assert found.paths == ("array",)
    assert found.records == 1


def test_an_array_that_the_sample_cuts_is_known_by_its_first_elements() -> None:
    """The beginning of a large array is enough."""
    found = read_json('[{"a": 1}, {"a": 2}, {"a', complete=False)

    assert found is not None
    assert [type_text(column.type) for column in found.columns] == ["array<struct<a:int>>"]
    assert read_json('[{"a', complete=False) is None


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "[2026-01-02] INFO started\n", "[1] a log line\n", "{not json}", '[{"a": 1}', "", "3\n4\n"]
)
def test_what_does_not_begin_with_a_record_is_not_json(text: str) -> None:
    """Lines of a log in brackets are no JSON, nor are bare values or an array that never ends."""
    assert read_json(text, complete=True) is None


def test_nesting_has_an_end() -> None:
    """What lies deeper than anyone queries is a string."""
    (column,) = _read('{"a": ' * 200 + "1" + "}" * 200).columns

    assert type_text(column.type) == "struct<a:" * 50 + "string" + ">" * 50


def test_what_follows_the_records_is_reported() -> None:
    """Records before a broken one count."""
    found = _read('{"a": 1}\n{"a": 2}\noops\n')

    assert (found.records, found.malformed) == (2, True)
    assert not _read('{"a": 1}\n{"a": 2}\n').malformed
    assert not _read('{"a": 1}\n{"a": 2}\n{"a', complete=False).malformed
