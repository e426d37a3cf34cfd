"""The page on templates says what happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from gluedsl.templates import template as templates
from gluedsl.templates.assembly import MOST_STACKS
from gluedsl.templates.document import LARGEST_FILE
from gluedsl.templates.node import LARGEST_DEPTH
from tests.support.cli import ROOT
from tests.support.documented_commands import files, page, printed, samples, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.documented_commands import Sample

PAGE = page("templates.md")


@pytest.mark.parametrize("sample", samples(PAGE), ids=lambda sample: sample.command)
def test_the_samples(sample: Sample, tmp_path: Path) -> None:
    """Each command prints what is shown, where the files of the page are."""
    write_files(PAGE, tmp_path)

    assert printed(sample.command, tmp_path) == sample.printed


def test_the_hook() -> None:
    """It is one that the repository offers, with files that are templates."""
    [repository] = yaml.safe_load(files(PAGE)[".pre-commit-config.yaml"])["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert [hook["id"] for hook in repository["hooks"]] == ["gluedsl-check"]
    assert "gluedsl-check" in {hook["id"] for hook in offered}


def test_the_limits() -> None:
    """They are those of the code."""
    assert f"at most {LARGEST_FILE // 1024 // 1024} MB" in PAGE
    assert f"{LARGEST_DEPTH} levels of nesting" in PAGE
    assert f"at most {MOST_STACKS:,} stacks" in PAGE


def test_the_endings() -> None:
    """So are the names of files that are templates."""
    assert re.findall(r"`\*(\.[a-z]+)`", PAGE) == [*templates.SUFFIXES]


def test_links_lead_to_pages() -> None:
    """Every other page that is named is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGE)

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
