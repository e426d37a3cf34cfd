"""The tests that the examples bring along, run as their readers run them."""

from __future__ import annotations

import sys

import pytest

from tests.support.cli import EXAMPLES, ROOT, process

FOLDERS = sorted(place.name for place in EXAMPLES.iterdir() if (place / "flow.py").exists())


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_tests_of_an_example(folder: str) -> None:
    """They pass, from the root of the repository, with the plugin loaded as an installation would."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "gluedsl.testing.plugin", "-p", "no:cacheprovider"]

    ended = process(
        [*command, f"examples/{folder}"],
        folder=ROOT,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PYTHONPATH=str(ROOT),
        PYTHONDONTWRITEBYTECODE="1",
    )

    assert ended.code == 0, ended.out
