"""The page on other tools says what `synth` writes."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from gluedsl.cli.synth import Format
from gluedsl.spelling.terraform import terraform_arguments, terraform_provider_version
from tests.support.cli import ROOT, Commands, commands
from tests.support.documented_commands import page, printed, samples, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = page("synth.md")


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Return the command line, in a folder with the files of the page."""
    write_files(PAGE, tmp_path)
    yield from commands(tmp_path, {}, capsys)


def test_the_samples(tmp_path: Path) -> None:
    """Each command prints what is shown, one after the other, where the files of the page are."""
    write_files(PAGE, tmp_path)

    for sample in samples(PAGE):
        assert printed(sample.command, tmp_path) == sample.printed


def test_the_formats() -> None:
    """The table has each, and no other."""
    assert re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE) == [*Format]


@pytest.mark.parametrize(
    "command", [line for line in PAGE.splitlines() if line.startswith("gluedsl synth") and ">" in line]
)
def test_commands_that_write_files(cli: Commands, command: str) -> None:
    """They are ones that the program takes, and write JSON and the scripts."""
    arguments = shlex.split(command)[1:]
    ended = cli.call(*arguments[: arguments.index(">")])

    assert ended.code == 0
    assert "script_bucket" in ended.out or "ScriptBucket" in json.loads(ended.out)["Parameters"]
    assert {path.name for path in (cli.folder / "build").rglob("*.py")} == {"load.py", "publish.py"}


def test_a_trigger_on_demand_is_not_enabled(cli: Commands) -> None:
    """As the page says of Terraform, which would start it."""
    write_files(PAGE.replace(', start=daily("02:00")', ""), cli.folder)

    triggers = cli.call("synth", "flows", "--format", "terraform").json()["resource"]["aws_glue_trigger"]

    assert {trigger["type"]: trigger["enabled"] for trigger in triggers.values()} == {
        "ON_DEMAND": False,
        "CONDITIONAL": True,
    }


def test_what_the_provider_lacks() -> None:
    """The fields that the page names have no argument; the version is the one that was read."""
    arguments = terraform_arguments("aws_glue_job")

    assert {"log_uri", "code_gen_configuration_nodes", "allocated_capacity"} & arguments.keys() == set()
    assert f"version {terraform_provider_version().rpartition('.')[0]} or newer" in PAGE


def test_links_lead_to_pages() -> None:
    """Every other page that is named is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGE)

    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
