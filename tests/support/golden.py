"""Golden files: what a command wrote when somebody last looked at it and said that it is right."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def golden(file: Path, text: str) -> str:
    """Return what a golden file holds; with `make accept`, which no build may do, it holds `text` from now on."""
    if os.environ.get("GLUEDSL_ACCEPT") == "1":
        assert not os.environ.get("CI"), "a build compares with golden files, it does not write them"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8") if file.exists() else ""
