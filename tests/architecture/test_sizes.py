"""How large a module may grow."""

from __future__ import annotations

from pathlib import Path

import gluedsl

CEILING = 400
"""Lines; a module past it is a question of design."""


def test_modules_stay_small() -> None:
    """No module of the package is longer than the ceiling."""
    package = Path(gluedsl.__file__).parent
    lengths = {str(path): len(path.read_text().splitlines()) for path in package.rglob("*.py")}

    assert {path: length for path, length in lengths.items() if length > CEILING} == {}
