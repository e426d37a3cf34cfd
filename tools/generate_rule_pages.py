# ruff: noqa: INP001 -- a script, found by its path
"""Write `docs/rules`: the table of all ids, and a page for each rule, from the rules themselves: `make docs`.

The table of their ids in cfn-lint is written too.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.rules.catalogue import AREAS, entries
from gluedsl.rules.page import page, weight
from gluedsl.rules.registry import all_rules
from tools import generate_cfn_lint_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gluedsl.rules.catalogue import Entry
    from gluedsl.rules.rule import Rule

TARGET = Path(__file__).parents[1] / "docs" / "rules"

INTRODUCTION = """\
# Rules

Every restriction and pitfall of Glue that gluedsl knows of, by id, and what it does about each.

- A rule finds it: a **restriction** is an error that nothing silences, since AWS refuses it or it cannot work;
  a **lint** is legal and usually a mistake, and [its level is yours](../commands.md#levels).
- **Cannot be written**: a type, or the way gluedsl sends things to AWS, leaves no room for it.
- **Not knowable**: nothing in a definition says it, so nobody can tell before a deployment.

`gluedsl explain CODE` shows a page in the terminal.
This folder is written by `make docs`, from the rules themselves.
"""


def generate() -> dict[str, str]:
    """Return the text of each file by its name."""
    pages = {f"{rule.code}.md": _page(rule) for rule in all_rules()}
    return {"index.md": _index(entries()), **pages}


def write() -> None:
    """Write the files, and remove what is no rule any more."""
    files = generate()
    TARGET.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in TARGET.iterdir()} - files.keys():
        (TARGET / stale).unlink()
    for name, text in files.items():
        (TARGET / name).write_text(text, encoding="utf-8")


def _index(known: Mapping[str, Entry]) -> str:
    counts = Counter(entry.standing for entry in known.values())
    total = f"{len(known)} ids: {counts['rule']} found by rules, {counts['type']} that cannot be written, "
    rows = [INTRODUCTION, total + f"{counts['unknowable']} not knowable.\n"]
    for area, heading in AREAS.items():
        rows += ["", f"## {heading}", "", "| id | what must hold | gluedsl |", "|---|---|---|"]
        rows += [_row(entry) for entry in known.values() if entry.code.startswith(area)]
        rows.append("")
    return "\n".join(rows)


def _row(entry: Entry) -> str:
    match entry.standing:
        case "rule" if entry.rule is not None:
            severity = f"{entry.rule.severity}{' where asked for' if entry.rule.is_opt_in else ''}"
            answer = f"[`{entry.rule.name}`]({entry.rule.code}.md), {severity}"
        case "type":
            answer = f"cannot be written: {entry.reason}"
        case "unknowable":
            answer = f"not knowable: {entry.reason}"
        case _:
            answer = ""
    cells = (entry.code, entry.title, answer)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _page(rule: Rule) -> str:
    return "\n".join(_page_rows(rule))


def _page_rows(rule: Rule) -> Iterator[str]:
    shown = page(rule)
    also = f" It also stands for {', '.join(rule.also)}." if rule.also else ""
    yield f"# {rule.code}: {rule.name}\n"
    yield f"{shown.summary}\n"
    yield f"{weight(rule)} Since {rule.since}.{also} [All rules](index.md).\n"
    for section in shown.sections:
        yield f"\n## {section.heading}\n"
        yield f"{section.text}\n"
    if rule.url:
        yield "\n## AWS\n"
        yield f"<{rule.url}>\n"


if __name__ == "__main__":
    write()
    generate_cfn_lint_ids.write()
