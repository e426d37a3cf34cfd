"""The page of every rule says the truth: its example has the finding, what to use instead has none."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from gluedsl.cli.compiling import unreadable
from gluedsl.compiler import UnreadableFlowError, compile_path
from gluedsl.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gluedsl.rules.rule import Rule

_SECTIONS = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    code: str
    section: str
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.section} {self.number}".replace(" ", "-").lower()


def _blocks(rule: Rule) -> Iterator[Block]:
    _, *parts = _SECTIONS.split(inspect.getdoc(type(rule)) or "")
    for section, text in zip(parts[::2], parts[1::2], strict=True):
        if section in {"Example", "Use instead"}:
            for number, (language, block) in enumerate(_BLOCKS.findall(text), start=1):
                yield Block(rule.code, section, number, language, block)


BLOCKS = [block for rule in all_rules() for block in _blocks(rule)]
FLOWS = [block for block in BLOCKS if block.language == "python"]
BESIDES = {"CN008": ["WF008"]}
"""What an example cannot do without: five hundred conditions are on more jobs than a workflow should have."""

LIES_BESIDE = {"TL015": "util/__init__.py", "TL016": "requirements.txt"}
"""A file beside the flow of an example."""
CALLED = {"TL018": "json.py"}
"""What the flow of an example is called, if that is what is wrong."""


@pytest.mark.parametrize("block", FLOWS, ids=str)
def test_python_is_a_flow_that_says_what_the_page_says(block: Block, tmp_path: Path) -> None:
    """An example has the rule's finding, once, and no other, of whatever weight; what to use instead has none."""
    is_example = block.section == "Example"
    flow = tmp_path / (CALLED.get(block.code, "flow.py") if is_example else "flow.py")
    flow.write_text(block.text, encoding="utf-8")
    beside = tmp_path / LIES_BESIDE.get(block.code, "flow.py")
    beside.parent.mkdir(exist_ok=True)
    beside.touch()
    asked = "".join(f'{rule.name} = "warning"\n' for rule in all_rules() if rule.code == block.code and rule.is_opt_in)
    (tmp_path / "pyproject.toml").write_text(f"[tool.gluedsl.rules]\n{asked}", encoding="utf-8")

    try:
        found = compile_path(str(flow)).report.diagnostics
    except UnreadableFlowError as error:
        found = unreadable(error).diagnostics

    expected = [block.code, *BESIDES.get(block.code, [])] if is_example else []
    assert sorted(d.code for d in found) == sorted(expected), "\n".join(map(str, found))


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "json"], ids=str)
def test_json_can_be_read(block: Block) -> None:
    """A fragment of a template is JSON."""
    json.loads(block.text)


def test_every_page_has_both_sections_and_no_other_language() -> None:
    """Each rule shows how to break it and what to write then, as Python or as JSON."""
    shown = {(block.code, block.section) for block in BLOCKS}
    every = {(rule.code, section) for rule in all_rules() for section in ("Example", "Use instead")}

    assert every - shown == {("TL001", "Example"), ("TL001", "Use instead")}  # nobody can write a crash of a rule
    assert {block.language for block in BLOCKS} <= {"python", "json"}
