"""Flow files written by a test, lowered, and read back as text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gluedsl
from gluedsl.compiler.load import load
from gluedsl.compiler.lower import Lowered, lower
from gluedsl.compiler.settings import read_settings
from gluedsl.source.locate import Locator

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Path as ModelPath
    from gluedsl.source.span import Span

HEADER = f"from gluedsl import {', '.join(gluedsl.__all__)}\n"
"""The first line of every flow that `flow` writes."""


@dataclass(frozen=True)
class WrittenFlow:
    """A flow file, lowered."""

    path: Path
    text: str
    lowered: Lowered

    def at(self, *path: str | int) -> str | None:
        """Return the author's text for a value of the model."""
        return self.text_of(self.lowered.origins.at(path))

    def text_of(self, span: Span | None) -> str | None:
        """Return the author's text that a span covers."""
        if span is None:
            return None
        lines = self.text.splitlines()
        if span.line == span.end_line:
            return lines[span.line - 1][span.column - 1 : span.end_column - 1]
        inner = lines[span.line - 1 : span.end_line]
        return "\n".join([inner[0][span.column - 1 :], *inner[1:-1], inner[-1][: span.end_column - 1]])

    def has(self, path: ModelPath) -> bool:
        """Whether just this value has a place of its own."""
        return path in self.lowered.origins.spans


def write(folder: Path, body: str, name: str = "flow.py") -> Path:
    """Write a flow file with all of gluedsl's words imported on its first line."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + textwrap.dedent(body).lstrip("\n"), encoding="utf-8")
    return file


def flow(folder: Path, body: str) -> WrittenFlow:
    """Write a flow file and lower it."""
    file = write(folder, body)
    locator = Locator(folder)
    loaded = load(str(file), locator)
    lowered = lower(loaded.workflows, loaded.nodes, read_settings(file), locator, homes=loaded.homes)
    return WrittenFlow(path=file, text=file.read_text(encoding="utf-8"), lowered=lowered)
