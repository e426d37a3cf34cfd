"""What is no template: one message that says where and what, exit code 2, and never a traceback."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cli import Commands

_JSON = "  hint: this was read as JSON, one of the two that CloudFormation reads\n"
_YAML = "  hint: this was read as YAML, one of the two that CloudFormation reads\n"
_MB = 1024 * 1024
_MANY = 100_000
_LONG = 20
"""Seconds, of which a machine under load may well need some."""
_BOMB = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
_MERGED = "a0: &a0 {k: x}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}\n" for n in range(1, 12)
)


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """The content of a file, and what standard error must say."""

    content: str | bytes
    expected: str
    name: str = "template.yaml"


UNREADABLE = {
    "nothing": Unreadable(content="", expected=f"error: `template.yaml`, line 1, column 1: the text is empty\n{_YAML}"),
    "nothing, in JSON": Unreadable(
        name="template.json",
        content="",
        expected=f"error: `template.json`, line 1, column 1: the text is empty\n{_JSON}",
    ),
    "a comment": Unreadable(
        content="# later\n", expected=f"error: `template.yaml`, line 1, column 1: the text is empty\n{_YAML}"
    ),
    "a program": Unreadable(
        name="template.json",
        content=b"\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe",
        expected="error: `template.json` is no CloudFormation template: it is not text in UTF-8, at byte 10\n",
    ),
    "a picture": Unreadable(
        name="template.yml",
        content=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        expected="error: `template.yml` is no CloudFormation template: it is not text in UTF-8, at byte 0\n",
    ),
    "a compressed file": Unreadable(
        name="sales.template",
        content=b"\x1f\x8b\x08\0\0\0\0\0",
        expected="error: `sales.template` is no CloudFormation template: it is not text in UTF-8, at byte 1\n",
    ),
    "null characters": Unreadable(
        content=b"\0" * 100,
        expected=f"error: `template.yaml`, line 1, column 1: a character that YAML does not allow\n{_YAML}",
    ),
    "a null character in a text": Unreadable(
        content="Resources:\n  A: a\0b\n",
        expected=f"error: `template.yaml`, line 2, column 7: a character that YAML does not allow\n{_YAML}",
    ),
    "a null character in a text of JSON": Unreadable(
        name="template.json",
        content='{"Resources": {"a\0b": 1}}',
        expected=f"error: `template.json`, line 1, column 18: a control character in a text\n{_JSON}",
    ),
    "a null character between texts of JSON": Unreadable(
        name="template.json",
        content='{"Resources": \0{}}',
        expected=f"error: `template.json`, line 1, column 15: expected a value\n{_JSON}",
    ),
    "UTF-16": Unreadable(
        content="Resources: {}".encode("utf-16"),
        expected="error: `template.yaml` is no CloudFormation template: it is not text in UTF-8, at byte 0\n",
    ),
    "UTF-16 without a mark": Unreadable(
        name="template.json",
        content='{"Resources": {}}'.encode("utf-16-le"),
        expected=f"error: `template.json`, line 1, column 2: expected a key in double quotes\n{_JSON}",
    ),
    "Latin-1": Unreadable(
        content="Description: café\nResources: {}\n".encode("latin-1"),
        expected="error: `template.yaml` is no CloudFormation template: it is not text in UTF-8, at byte 16\n",
    ),
    "JSON that ends in a map": Unreadable(
        name="template.json",
        content='{"Resources": {"A": {"Type": "AWS::Glue::Job"',
        expected=f"error: `template.json`, line 1, column 21: the text ends before this map does\n{_JSON}",
    ),
    "JSON that ends in a list": Unreadable(
        name="template.json",
        content='{\n  "Resources": [1,',
        expected=f"error: `template.json`, line 2, column 16: the text ends before this list does\n{_JSON}",
    ),
    "JSON that ends in a text": Unreadable(
        name="template.json",
        content='{\n  "Resour',
        expected=f"error: `template.json`, line 2, column 3: this text has no end\n{_JSON}",
    ),
    "JSON with more behind it": Unreadable(
        name="template.json",
        content='{"Resources": {}}\n{}',
        expected=(
            f"error: `template.json`, line 2, column 1: there is something behind the end of the template\n{_JSON}"
        ),
    ),
    "JSON with a comma too many": Unreadable(
        name="template.json",
        content='{"Resources": {},}',
        expected=f"error: `template.json`, line 1, column 18: expected a key in double quotes\n{_JSON}",
    ),
    "JSON with a word": Unreadable(
        name="template.json",
        content='{"Resources": NaN}',
        expected=f"error: `template.json`, line 1, column 15: expected a value\n{_JSON}",
    ),
    "half of a surrogate pair": Unreadable(
        name="template.json",
        content=r'{"Resources": "\ud83d"}',
        expected=f"error: `template.json`, line 1, column 15: half of a surrogate pair in a text\n{_JSON}",
    ),
    "a long number": Unreadable(
        name="template.json",
        content=f'{{"Resources": {"9" * 5000}}}',
        expected=f"error: `template.json`, line 1, column 15: a number of 5000 characters\n{_JSON}",
    ),
    "YAML that ends in a list": Unreadable(
        content="Resources: [a,\n",
        expected=(
            "error: `template.yaml`, line 2, column 1: "
            f"while parsing a flow node, did not find expected node content\n{_YAML}"
        ),
    ),
    "YAML with a tab": Unreadable(
        content="Resources:\n\tA: x\n",
        expected=(
            "error: `template.yaml`, line 2, column 1: "
            f"while scanning for the next token, found character that cannot start any token\n{_YAML}"
        ),
    ),
    "a second document": Unreadable(
        content="Resources: {}\n---\nResources: {}\n",
        expected=(
            "error: `template.yaml`, line 2, column 1: "
            f"there is a second document, and CloudFormation reads one\n{_YAML}"
        ),
    ),
    "a key that is a map": Unreadable(
        content="? {a: b}\n: c\nResources: {}\n",
        expected=f"error: `template.yaml`, line 1, column 3: a key is a text, and this is none\n{_YAML}",
    ),
    "a tag that there is not": Unreadable(
        content="Resources: !!binary aGk=\n",
        expected=f"error: `template.yaml`, line 1, column 12: CloudFormation does not read the tag `!!binary`\n{_YAML}",
    ),
    "a tag of Python's": Unreadable(
        content="Resources: !!python/object/apply:os.system [ls]\n",
        expected=(
            "error: `template.yaml`, line 1, column 12: "
            f"CloudFormation does not read the tag `!!python/object/apply:os.system`\n{_YAML}"
        ),
    ),
    "an alias of nothing": Unreadable(
        content="Resources: *sales\n",
        expected=f"error: `template.yaml`, line 1, column 12: there is no anchor `sales`\n{_YAML}",
    ),
    "an anchor in itself": Unreadable(
        content="Resources: &all {A: *all}\n",
        expected=f"error: `template.yaml`, line 1, column 21: anchor `all` contains itself\n{_YAML}",
    ),
    "aliases of aliases": Unreadable(
        content=f"{_BOMB}Resources: {{}}\n",
        expected=(
            "error: `template.yaml`, line 7, column 55: "
            f"with its aliases written out, it has more than 1,000,000 values\n{_YAML}"
        ),
    ),
    "merged aliases of aliases": Unreadable(
        content=f"{_MERGED}Resources: {{}}\n",
        expected=(
            "error: `template.yaml`, line 7, column 30: "
            f"with its aliases written out, it has more than 1,000,000 values\n{_YAML}"
        ),
    ),
    "a text that is merged": Unreadable(
        content="Resources: {<<: sales}\n",
        expected=f"error: `template.yaml`, line 1, column 13: only maps can be merged with `<<`\n{_YAML}",
    ),
    "brackets in brackets": Unreadable(
        name="template.json",
        content="[" * _MANY + "]" * _MANY,
        expected=f"error: `template.json`, line 1, column 101: more than 100 levels are nested\n{_JSON}",
    ),
    "maps in maps": Unreadable(
        name="template.json",
        content='{"a":' * _MANY + "1" + "}" * _MANY,
        expected=f"error: `template.json`, line 1, column 501: more than 100 levels are nested\n{_JSON}",
    ),
    "brackets in brackets of YAML": Unreadable(
        content="[" * _MANY + "]" * _MANY,
        expected=f"error: `template.yaml`, line 1, column 101: more than 100 levels are nested\n{_YAML}",
    ),
    "blocks in blocks": Unreadable(
        content="- " * _MANY + "x",
        expected=f"error: `template.yaml`, line 1, column 201: more than 100 levels are nested\n{_YAML}",
    ),
    "lines in lines": Unreadable(
        content="".join(f"{' ' * depth}a:\n" for depth in range(3000)),
        expected=f"error: `template.yaml`, line 100, column 100: more than 100 levels are nested\n{_YAML}",
    ),
    "too much": Unreadable(
        name="template.json",
        content='{"Resources": [' + '"sales",' * (10 * _MB // 8) + "0]}",
        expected=(
            "error: `template.json` has more than 8 MB, and CloudFormation takes templates of 1 MB\n"
            "  hint: make several templates of it: "
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html\n"
        ),
    ),
    "a list": Unreadable(
        name="template.json",
        content="[]",
        expected="error: `template.json` is no CloudFormation template: it holds a list, and a template is a map\n",
    ),
    "a sentence": Unreadable(
        content="Nothing to see here.\n",
        expected="error: `template.yaml` is no CloudFormation template: it holds a text, and a template is a map\n",
    ),
    "a list of resources": Unreadable(
        content="Resources:\n  - Type: AWS::Glue::Job\n",
        expected="error: `template.yaml` is no CloudFormation template: its `Resources` is a list, not a map\n",
    ),
    "null resources": Unreadable(
        content="Resources:\n",
        expected="error: `template.yaml` is no CloudFormation template: its `Resources` is null, not a map\n",
    ),
    "null": Unreadable(
        name="template.json",
        content="null",
        expected="error: `template.json` is no CloudFormation template: it holds null, and a template is a map\n",
    ),
    "a map of something else": Unreadable(
        content="services:\n  web: {image: sales}\n",
        expected="error: `template.yaml` is no CloudFormation template: it has no `Resources`\n",
    ),
}


@pytest.mark.parametrize("unreadable", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_templates(unreadable: Unreadable, cli: Commands) -> None:
    """One message, on standard error alone."""
    content = unreadable.content
    (cli.folder / unreadable.name).write_bytes(content.encode() if isinstance(content, str) else content)

    before = time.perf_counter()

    ended = cli.call("check", unreadable.name)

    assert (ended.code, ended.out, ended.err) == (2, "", unreadable.expected)
    assert time.perf_counter() - before < _LONG


@pytest.mark.parametrize("format_", ["full", "concise", "json", "sarif", "github"])
def test_no_format_hides_it(format_: str, cli: Commands) -> None:
    """Whatever would read the findings reads none."""
    (cli.folder / "template.json").write_text("{", encoding="utf-8")

    ended = cli.call("check", "template.json", "--format", format_)

    expected = f"error: `template.json`, line 1, column 1: the text ends before this map does\n{_JSON}"
    assert (ended.code, ended.out, ended.err) == (2, "", expected)


def test_a_file_that_is_not_there(cli: Commands) -> None:
    """It is said, and so is a link that leads to itself."""
    (cli.folder / "circle.yaml").symlink_to("circle.yaml")

    missing, circle = cli.call("check", "template.json"), cli.call("check", "circle.yaml")

    assert (missing.code, missing.err) == (2, "error: `template.json` cannot be read: No such file or directory\n")
    assert (circle.code, circle.err) == (2, "error: `circle.yaml` cannot be read: Too many levels of symbolic links\n")


def test_a_name_for_a_terminal(cli: Commands) -> None:
    """A file's name is data."""
    ended = cli.call("check", "\x1b]0;mine\x07.json")

    assert ended.err == "error: `\\x1b]0;mine\\x07.json` cannot be read: No such file or directory\n"


def test_keys_for_a_terminal(cli: Commands) -> None:
    """So is what stands in it."""
    (cli.folder / "template.json").write_text('{"Resources": {"\\u001b]0;mine\\u0007": 1}}', encoding="utf-8")

    ended = cli.call("check", "template.json", "--format", "concise")

    said = "error[TL004] resource `\\x1b]0;mine\\x07` is a number, and CloudFormation takes a map there"
    assert (ended.code, ended.out, ended.err) == (2, f"template.json:1:39: {said}\n", "")


LARGEST = {
    "template.json": '{"Resources": {"A": {"Type": "X", "Metadata": [' + '"sales", ' * 900_000 + '"sales"]}}}',
    "template.yaml": "Resources:\n  A:\n    Type: X\n    Metadata:\n" + "      - sales\n" * 580_000,
}


WITHIN = """\
import resource
import sys
from gluedsl.cli.app import main

resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
main(sys.argv[1:])
"""
"""The command line where a process is given no more than a gigabyte."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_that_is_read(name: str, tmp_path: Path) -> None:
    """Eight megabytes of as many values as fit take seconds, and not a gigabyte."""
    (tmp_path / name).write_text(LARGEST[name], encoding="utf-8")
    assert 0.9 * 8 * _MB < len(LARGEST[name]) < 8 * _MB
    before = time.perf_counter()

    ended = process([sys.executable, "-c", WITHIN, "check", name], folder=tmp_path)

    assert (ended.code, ended.out, ended.err) == (0, "", f"{name}, 0 resources of Glue: nothing wrong\n")
    assert time.perf_counter() - before < _LONG
