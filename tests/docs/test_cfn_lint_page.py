"""The page on cfn-lint says what happens, and its table is that of the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from gluedsl.cfnlint.ids import cfn_lint_id, severities
from gluedsl.rules.registry import all_rules
from tests.support.cli import ROOT
from tests.support.documented_commands import files, page, printed, samples, write_files
from tools import generate_cfn_lint_ids

if TYPE_CHECKING:
    from pathlib import Path

PAGE = page("cfn-lint.md")


def test_the_table_is_up_to_date() -> None:
    """`make docs` would change nothing."""
    assert generate_cfn_lint_ids.generate(PAGE) == PAGE


def test_every_rule_is_in_the_table() -> None:
    """Each with a link to its page, which is there."""
    linked = re.findall(r"\[([A-Z]{2}[0-9]{3})\]\((rules/[A-Z]{2}[0-9]{3}\.md)\) `[a-z-]+` \|", PAGE)

    assert [code for code, _ in linked] == [rule.code for rule in all_rules()]
    assert all((ROOT / "docs" / link).is_file() for _, link in linked)


def test_ids_in_the_text() -> None:
    """An id that the page names is one that there is."""
    known = {cfn_lint_id(rule, severity) for rule in all_rules() for severity in severities(rule)}

    assert set(re.findall(r"\b[EWI]9[0-9]{3}\b", PAGE)) <= known


def test_the_samples(tmp_path: Path) -> None:
    """Each command prints what is shown: the first without the configuration of the page, the second with it."""
    plain, configured = samples(PAGE)
    (tmp_path / "sales.yaml").write_text(files(PAGE)["sales.yaml"], encoding="utf-8")

    first = printed(plain.command, tmp_path)
    write_files(PAGE, tmp_path)
    second = printed(configured.command, tmp_path)

    assert (first, second) == (plain.printed, configured.printed)


def test_the_hook() -> None:
    """What pre-commit is given is YAML, and calls cfn-lint with the pack."""
    [hook] = [
        hook
        for block in re.findall(r"```yaml\n(repos:.*?)```", PAGE, re.DOTALL)
        for repo in yaml.safe_load(block)["repos"]
        for hook in repo["hooks"]
    ]

    assert (hook["id"], hook["args"]) == ("cfn-lint", ["--append-rules", "gluedsl.cfnlint", "--"])
