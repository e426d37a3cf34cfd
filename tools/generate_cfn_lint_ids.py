# ruff: noqa: INP001 -- a script, found by its path
"""Write the table of ids in `docs/cfn-lint.md`, from the rules themselves: `make docs`."""

from __future__ import annotations

from pathlib import Path

from gluedsl.cfnlint.ids import cfn_lint_id, severities
from gluedsl.rules.registry import all_rules

TARGET = Path(__file__).parents[1] / "docs" / "cfn-lint.md"
BEGIN, END = "<!-- This table is written by `make docs`. -->\n", "<!-- end -->\n"


def generate(page: str) -> str:
    """Return the page with the table of today."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def table() -> str:
    """Return a row for each rule."""
    rows = ["| id | gluedsl |", "|---|---|"]
    for rule in all_rules():
        ids = ", ".join(f"`{cfn_lint_id(rule, severity)}`" for severity in severities(rule))
        rows.append(f"| {ids}{', off' if rule.is_opt_in else ''} | [{rule.code}](rules/{rule.code}.md) `{rule.name}` |")
    return "\n".join(rows) + "\n"


def write() -> None:
    """Write the table into the page."""
    TARGET.write_text(generate(TARGET.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
