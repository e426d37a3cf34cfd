"""The page on testing: its files are a project, whose tests pass; what it shows of a failure is what is told."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.testing import EveryRun, FakeGlue, Run, Sim, plugin
from tests.support.cli import ROOT, process
from tests.support.documented_commands import files, page, write_files

if TYPE_CHECKING:
    from pathlib import Path

PAGE = page("testing.md")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "gluedsl.testing.plugin", "-p", "no:cacheprovider"]


@pytest.mark.slow
def test_the_project_of_the_page(tmp_path: Path) -> None:
    """Every test on the page passes, but for those that cost money, which are skipped."""
    write_files(PAGE, tmp_path)
    expected = sum(text.count("\ndef test_") for name, text in files(PAGE).items() if name.startswith("tests/test_"))

    ended = process([*PYTEST, "."], folder=tmp_path, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONPATH=str(ROOT))

    assert ended.code == 0, ended.out
    assert f"{expected} passed, 15 skipped" in ended.out


def test_what_a_failure_looks_like(tmp_path: Path) -> None:
    """The page shows what is told of the statement that does not hold."""
    write_files(PAGE, tmp_path)
    shown = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]

    ended = process(
        [sys.executable, "tests/wrong.py"], folder=tmp_path, PYTHONPATH=f"{ROOT}:{tmp_path}", PYTHONIOENCODING="utf-8"
    )

    assert ended.err.partition("AssertionError: ")[2] == shown


def test_the_tables() -> None:
    """Each table names all that there is, and nothing else."""
    of_run = {name for name in vars(Run) if not name.startswith("_")} | {"id", "snapshot"}
    statements = {"never_starts", "always_starts", "starts_only_after", "no_silent_failures"}
    assert {name for name in of_run - {"picture"} if f"`{name}" not in PAGE} == set()
    assert statements < {name for name in vars(EveryRun) if f"| `{name}(" in PAGE}
    for name in vars(FakeGlue):
        if not name.startswith("_") and name != "service":
            assert f"`{name}" in PAGE or f"`@{name}" in PAGE, name
    assert {name for name in ("sim", "glue", "local_glue") if f"| [`{name}`](#" not in PAGE} == set()
    assert callable(Sim.run)
    assert plugin.sim is not None


def test_links() -> None:
    """Every link leads to a page, and to a heading of it."""
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        text = (ROOT / "docs" / file).read_text(encoding="utf-8") if file and "." in file[2:] else PAGE
        headings = {
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        }
        assert not anchor or anchor in headings, target
