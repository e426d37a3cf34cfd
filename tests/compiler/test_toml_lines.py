"""Where keys of a TOML file are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.toml_lines import place_of, read_keys

if TYPE_CHECKING:
    from pathlib import Path

TEXT = '''\
[project]
name = "sales"

# [stages.prod]
[stages.prod]  # for real
start = "on-demand"
jobs.load = { workers = 5 }
note = """
[stages.dev]
workers = 1
"""
  [stages.prod.jobs."load orders"]
  max-retries = 3  # = 4
  "a = b" = 1

[[tables]]
workers = 2
[stages.dev]
list = [
  "x",
]
workers = 7
'''


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("project", "name"), (2, "name")),
        (("stages", "prod", "start"), (6, "start")),
        (("stages", "prod", "jobs", "load", "workers"), (7, "jobs.load")),
        (("stages", "prod", "jobs", "load orders", "max_retries"), (13, "max-retries")),
        (("stages", "prod", "jobs", "load orders", "workers"), (12, '[stages.prod.jobs."load orders"]')),
        (("stages", "prod", "region"), (5, "[stages.prod]")),
        (("stages", "dev", "workers"), (22, "workers")),
        (("stages", "test"), None),
        (("nothing",), None),
    ],
)
def test_places(tmp_path: Path, path: tuple[str, ...], found: tuple[int, str] | None) -> None:
    """A key is found at its line, else the nearest table around it; a comment or a text is neither."""
    file = tmp_path / "pyproject.toml"
    file.write_text(TEXT, encoding="utf-8")
    place = place_of(path, read_keys(file))

    lines = TEXT.splitlines()
    assert (place and (place.line, lines[place.line - 1][place.column - 1 : place.end_column - 1])) == found
