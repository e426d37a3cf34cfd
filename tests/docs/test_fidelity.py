"""The page that says how true to Glue the engine is, against the tests that it is made from."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from gluedsl.engine import Policies
from tools import generate_fidelity
from tools.generate_fidelity import AT_THE_API, PARAGRAPHS, POLICY_NUMBERS, ROOT, held, paragraphs, policy_files

PAGE = generate_fidelity.TARGET.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    """`make docs` would change nothing."""
    assert generate_fidelity.generate() == PAGE


@pytest.mark.parametrize("number", PARAGRAPHS)
def test_every_paragraph_is_held(number: int) -> None:
    """Each paragraph of what Glue does with a run has tests, and stands on the page."""
    assert paragraphs()[number]
    assert f"\n### {PARAGRAPHS[number]}\n" in PAGE


@pytest.mark.parametrize("number", POLICY_NUMBERS)
def test_every_policy_is_held(number: int) -> None:
    """Each choice where AWS is silent has tests, and a reason."""
    file = policy_files()[number]

    assert held(file)
    text = file.read_text(encoding="utf-8")
    assert re.match(r'"""Policy `\w+`: ', text)
    assert "\n\nWhy: " in text or "not documented" in text.split('"""')[1]


def test_every_policy_of_the_engine_is_on_the_page() -> None:
    """None can be chosen that the page does not explain, with its default in front."""
    rows = dict(re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| `?([^`|]+?)`? \| ", PAGE, re.MULTILINE))

    assert rows == {field.name: getattr(Policies(), field.name) for field in fields(Policies)} | {
        "node_id": "no choice"
    }
    assert all(f"\n### {name}\n" in PAGE for name in rows)


def test_tests_that_the_page_names() -> None:
    """Each is there, and says what it holds."""
    named = [test for tests in AT_THE_API.values() for test in tests]
    for test in named:
        path, _, name = test.partition("::")
        assert [one.says for one in held(ROOT / path) if one.test == name] not in ([], [""]), test


def test_links() -> None:
    """Files that the page links to are there, and so are its own paragraphs."""
    files = set(re.findall(r"\]\(\.\./([^)#]+)\)", PAGE))
    assert [file for file in files if not (ROOT / file).is_file()] == []
    anchors = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)}
    assert anchors - headings == set()


def test_the_words_of_aws_have_their_address() -> None:
    """What is quoted can be read where it is from: in its row, or in what stands before the table."""
    for section in PAGE.split("\n### ")[1:]:
        is_general = "https://docs.aws.amazon.com" in section.split("\n| ")[0]
        for row in section.splitlines():
            if row.startswith("| [") and ' | "' in row and not is_general:
                assert "https://" in row.rpartition(" | ")[2], row
