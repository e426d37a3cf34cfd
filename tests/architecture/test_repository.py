"""What the repository promises beside its code."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def requirement_name(requirement: str) -> str:
    """Return the name of a requirement as package indexes compare it."""
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_name_versions_only() -> None:
    """Every line is a name and a version: no address, no path."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_constraints_cover_what_developers_install() -> None:
    """Whatever `make demo` and `make test` ask for has its version pinned."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["local"], *extras["cdk"], *extras["dev"]]

    pinned = {requirement_name(line) for line in (ROOT / "constraints.txt").read_text().splitlines()}

    assert {"gluedsl"} == {requirement_name(requirement) for requirement in asked} - pinned


def test_make_without_a_target_lists_them_all() -> None:
    """`make` alone prints every target with what it does."""
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()

    run = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 -- whichever make the developer has

    listed = re.findall(r"^  (\S+) +\S", run.stdout, re.MULTILINE)
    assert targets == listed


def test_make_refuses_an_old_python(tmp_path: Path) -> None:
    """A Python that is too old is told in one line, with the way out."""
    old = tmp_path / "oldpython"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.9 || exit 1\n')
    old.chmod(0o755)
    command = ["make", "-f", str(ROOT / "Makefile"), f"PYTHON={old}", "demo"]
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()

    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    expected = (
        f"gluedsl needs Python 3.11 or newer; {old} is: Python 3.10.9. Name another one: make PYTHON=python3.12 demo"
    )
    assert expected == run.stderr.splitlines()[0]
