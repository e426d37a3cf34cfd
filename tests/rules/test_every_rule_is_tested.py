"""No rule without a test of what it says, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gluedsl.rules.registry import all_rules

LISTS = {"test_registry.py", "test_catalogue.py", "test_mutations.py", Path(__file__).name}
"""Files that name every code, or judge by nothing but the code."""
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    if path.name not in LISTS
)


def is_tested(code: str, tests: str) -> bool:
    """Whether a code is expected: with severity, place and message as text, or as that of a finding."""
    return re.search(rf'^ +"?{code} (error|warning|info) at .*\n +\S|[("[ ]"{code}"', tests, re.MULTILINE) is not None


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_a_rule_has_a_test_of_its_own(code: str) -> None:
    """Somewhere among the tests of rules, what it finds is expected."""
    assert is_tested(code, TESTS)


def test_a_mention_is_no_test() -> None:
    """A code in a sentence or in a list of exceptions says nothing of a finding."""
    assert is_tested("WF006", "    WF006 error at workflows.0\n      workflow `sales` has a second start trigger\n")
    assert not is_tested("WF006", '"""Rules about starts: WF006, WF007."""\nassert "WF006 error" in text\n')
