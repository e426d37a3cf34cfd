"""The pages of rules in the documentation are those of the rules."""

from __future__ import annotations

import re

from tools import generate_rule_pages

WRITTEN = {path.name: path.read_text(encoding="utf-8") for path in sorted(generate_rule_pages.TARGET.iterdir())}


def test_pages_are_up_to_date() -> None:
    """`make docs` would change nothing."""
    assert generate_rule_pages.generate() == WRITTEN


def test_links_lead_to_pages() -> None:
    """Every page is named in the table, and every link leads to one."""
    linked = set(re.findall(r"\]\(([A-Z]{2}[0-9]{3}\.md)\)", WRITTEN["index.md"]))

    assert WRITTEN.keys() - {"index.md"} == linked
